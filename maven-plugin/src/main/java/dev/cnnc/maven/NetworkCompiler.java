package dev.cnnc.maven;

import java.io.IOException;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** What the plugin asks of the compiler, so that its bookkeeping is tested without a process. */
interface NetworkCompiler {

  /** Compiles the files and returns what it found and made, in the order it did. */
  List<CompilerEvent> compile(List<NetworkFile> files, OutputFolders folders)
      throws IOException, MojoExecutionException, MojoFailureException;
}
