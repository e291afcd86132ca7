package dev.cnnc.cli;

import picocli.CommandLine.Option;

/** {@code --allow-outside}, for the commands that read what a network file names. */
final class OutsideOption {

  @Option(
      names = "--allow-outside",
      description = "Read weights and labels also where they lie outside of the network's project.")
  private boolean allowed;

  boolean allowed() {
    return allowed;
  }
}
