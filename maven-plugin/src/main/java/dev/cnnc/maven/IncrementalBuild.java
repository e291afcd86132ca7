package dev.cnnc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/**
 * Compiles only changed files. Afterwards the output folders have the results of the given files,
 * and none of deleted files.
 *
 * @param compiler used once, and only if there is something to compile
 * @param folders output folders
 * @param stateFile state of the last build
 * @param setting fingerprint of compiler and configuration; if it changes, everything is compiled
 */
record IncrementalBuild(
    NetworkCompiler compiler, OutputFolders folders, Path stateFile, String setting) {

  /**
   * The result of a build.
   *
   * @param compiled number of compiled files
   * @param problems errors and warnings for the user
   */
  record Outcome(int compiled, List<CompilerEvent.Problem> problems) {}

  Outcome run(List<NetworkFile> networks)
      throws IOException, MojoExecutionException, MojoFailureException {
    BuildState before = BuildState.read(stateFile);
    Map<String, CompiledFile> after = new HashMap<>();
    List<NetworkFile> changed = new ArrayList<>();
    for (NetworkFile network : networks) {
      CompiledFile known = before.files().get(network.name());
      if (known != null && before.setting().equals(setting) && known.isUpToDate(network)) {
        after.put(network.name(), known);
      } else {
        changed.add(network);
      }
    }
    List<CompilerEvent.Problem> problems = new ArrayList<>();
    if (!changed.isEmpty()) {
      // Taken before compiling, so that a file that is saved meanwhile looks changed to the next
      // build.
      Map<String, String> contents = new HashMap<>();
      for (NetworkFile network : changed) {
        contents.put(network.name(), Fingerprint.ofFile(network.file()));
      }
      List<CompilerEvent> events = compiler.compile(List.copyOf(changed), folders);
      for (NetworkFile network : changed) {
        String content = contents.getOrDefault(network.name(), CompiledFile.FAILED);
        after.put(network.name(), record(network, content, events, problems));
      }
    }
    failClashes(networks, after, problems);
    BuildState state = new BuildState(setting, after);
    deleteStale(before, state);
    if (!state.equals(before)) {
      state.write(stateFile);
    }
    return new Outcome(changed.size(), List.copyOf(problems));
  }

  private static CompiledFile record(
      NetworkFile network,
      String content,
      List<CompilerEvent> events,
      List<CompilerEvent.Problem> problems)
      throws IOException {
    Map<String, String> inputs = new HashMap<>();
    Map<Path, String> outputs = new HashMap<>();
    boolean failed = false;
    Path folder = network.file().toAbsolutePath().resolveSibling(".").normalize();
    for (CompilerEvent event : events) {
      if (event instanceof CompilerEvent.Problem problem && problem.unit().equals(network.file())) {
        problems.add(problem);
        failed |= problem.error();
      } else if (event instanceof CompilerEvent.Input input
          && input.unit().equals(network.file())) {
        String path = folder.relativize(input.file().toAbsolutePath()).toString();
        inputs.put(path, Fingerprint.ofFile(input.file()));
      } else if (event instanceof CompilerEvent.Output output
          && output.unit().equals(network.file())) {
        outputs.put(output.file(), Fingerprint.ofFile(output.file()));
      }
    }
    CompiledFile compiled = new CompiledFile(network.packageName(), content, inputs, outputs);
    return failed ? compiled.failed() : compiled;
  }

  /**
   * Fails if two networks of one package have one name, because each build would overwrite one with
   * the other.
   */
  private static void failClashes(
      List<NetworkFile> networks,
      Map<String, CompiledFile> compiled,
      List<CompilerEvent.Problem> problems) {
    Map<Path, NetworkFile> owners = new HashMap<>();
    for (NetworkFile network : networks) {
      CompiledFile file = compiled.get(network.name());
      for (Path output : file == null ? Set.<Path>of() : new HashSet<>(file.outputs().keySet())) {
        NetworkFile owner = owners.putIfAbsent(output, network);
        if (owner != null && file != null) {
          String text =
              "error: this network and the one in %s both generate %s: give one another name or"
                      .formatted(owner.name(), output.getFileName())
                  + " another folder";
          problems.add(new CompilerEvent.Problem(network.file(), network.file(), 1, 1, true, text));
          compiled.put(network.name(), file.failed());
          compiled.computeIfPresent(owner.name(), (name, other) -> other.failed());
          break;
        }
      }
    }
  }

  private void deleteStale(BuildState before, BuildState after) throws IOException {
    Set<Path> stale = new HashSet<>(before.outputs());
    stale.removeAll(after.outputs());
    for (Path output : stale) {
      Files.deleteIfExists(output);
      if (output.startsWith(folders.resourceFolder())) {
        // Maven copies resources to the classes but never deletes them there.
        Path relative = folders.resourceFolder().relativize(output);
        Files.deleteIfExists(folders.classesFolder().resolve(relative));
      }
    }
  }
}
