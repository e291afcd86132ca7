package dev.cnnc.maven;

import java.io.IOException;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** The compiler as the plugin sees it, so that tests of the plugin need no process. */
interface NetworkCompiler {

  /** Compiles the files and returns errors, warnings and results in their order. */
  List<CompilerEvent> compile(List<NetworkFile> files, OutputFolders folders)
      throws IOException, MojoExecutionException, MojoFailureException;
}
