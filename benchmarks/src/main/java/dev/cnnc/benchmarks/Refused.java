package dev.cnnc.benchmarks;

/** A file that an engine cannot run, with the reason. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  Refused(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
