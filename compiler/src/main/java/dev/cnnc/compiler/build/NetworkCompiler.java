package dev.cnnc.compiler.build;

import dev.cnnc.dsl.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a build needs of the compiler: it never touches an output folder itself. */
interface NetworkCompiler {

  /** Compiles one file; what is wrong with it is in the result, not thrown. */
  Compilation compile(Path file, String packageName) throws IOException;

  /**
   * What became of one file.
   *
   * @param findings in the order to show them
   * @param files empty when there are errors
   * @param inputs every other file that was read, missing ones too
   */
  record Compilation(List<Finding> findings, List<GeneratedFile> files, List<Path> inputs) {}

  /**
   * A diagnostic with its place and its full text worked out.
   *
   * @param file the file at fault
   * @param line from 1
   * @param column from 1
   * @param severity whether there is a result
   * @param text as a person reads it, without the place in front
   */
  record Finding(Path file, int line, int column, Diagnostic.Severity severity, String text) {}

  /**
   * One file of a result; Java source goes to one folder, the rest to the other.
   *
   * @param path below the folder, with the package's folders
   * @param content its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // Weights are large and nobody compares results.
  record GeneratedFile(String path, byte[] content) {}
}
