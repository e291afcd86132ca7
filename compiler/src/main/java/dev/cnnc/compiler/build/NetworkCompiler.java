package dev.cnnc.compiler.build;

import dev.cnnc.dsl.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The compiler as a build sees it; it never touches an output folder. */
interface NetworkCompiler {

  /** Compiles one file; its errors are in the result and not thrown. */
  Compilation compile(Path file, String packageName) throws IOException;

  /**
   * The result of compiling one file.
   *
   * @param findings errors and warnings, in the order to show them
   * @param files empty when there are errors
   * @param inputs every other file that was read, missing ones too
   */
  record Compilation(List<Finding> findings, List<GeneratedFile> files, List<Path> inputs) {}

  /**
   * A diagnostic with its place and its full text.
   *
   * @param file the file at fault
   * @param line from 1
   * @param column from 1
   * @param severity whether there is a result
   * @param text the text for the user, without the place
   */
  record Finding(Path file, int line, int column, Diagnostic.Severity severity, String text) {}

  /**
   * One generated file. Java source and other files go to different folders.
   *
   * @param path below the output folder, with the folders of the package
   * @param content its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // Identity is enough: weights are large.
  record GeneratedFile(String path, byte[] content) {}
}
