package dev.cnnc.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnnc new}: creates a project that builds. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    description =
        "Creates a Maven project with a tiny network, and a program and a test that use its class.",
    footerHeading = "%nExample:%n",
    footer = {
      "  cnnc new demo",
      "  cd demo",
      "  mvn verify",
      "",
      "NAME is that of the network and of the folder: a letter, then letters, digits",
      "and _. Nothing that is there already is touched."
    })
final class NewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The network's name: demo, my_net.")
  private String name;

  @Option(
      names = "--module",
      description =
          "Makes the project a module: mvn verify also links an image, which runs on machines"
              + " without Java.")
  private boolean module;

  @Override
  public Integer call() {
    ProjectTemplate project = project();
    Path folder = Path.of(name);
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new Failure(folder + " is there already: choose another name, or remove it");
    }
    project.write(folder);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Made %s. Now:".formatted(folder));
    out.println("  cd " + folder);
    out.println("  mvn verify");
    out.flush();
    return 0;
  }

  private ProjectTemplate project() {
    try {
      return ProjectTemplate.of(name, module);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }
}
