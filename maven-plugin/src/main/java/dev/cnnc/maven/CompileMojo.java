package dev.cnnc.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Compiles every {@code .cnn} file of the project to a Java class and its weights. Unchanged files
 * are not touched. The compiler runs on the JDK 25 that the toolchains plugin selects, or on
 * Maven's own JDK if that is new enough. The classes run on Java 21 or later: {@code
 * maven.compiler.release} may be 21.
 */
@Mojo(name = "compile", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class CompileMojo extends AbstractMojo {
  /** The folder of the {@code .cnn} files; each subfolder is a package. */
  @Parameter(
      property = "cnnc.sourceDirectory",
      defaultValue = "${project.basedir}/src/main/cnn",
      required = true)
  private File sourceDirectory;

  /** The output folder of Java source. */
  @Parameter(defaultValue = "${project.build.directory}/generated-sources/cnn", required = true)
  private File outputDirectory;

  /** The output folder of weights. */
  @Parameter(defaultValue = "${project.build.directory}/generated-resources/cnn", required = true)
  private File resourceDirectory;

  /** The package of files at the root of the source folder. */
  @Parameter(name = "package", defaultValue = "${project.groupId}", required = true)
  private String rootPackage;

  /** Whether networks may name files outside of their project. */
  @Parameter(property = "cnnc.allowOutside", defaultValue = "false")
  private boolean allowOutside;

  /**
   * Limits of every network, beside the budget in its file: {@code <macs>4.2G</macs>}, {@code
   * <arena>8 MiB</arena>}, {@code <latency>40 ms on "edge.profile.json"</latency>} with a file
   * relative to the project.
   */
  @Parameter private Map<String, String> budget = Map.of();

  /**
   * The files {@code NAME.cost} beside the networks, with what they cost: {@code off}, {@code
   * check} (a difference fails the build) or {@code write}.
   */
  @Parameter(property = "cnnc.ledger", defaultValue = "off")
  private String ledger;

  /** Skips the goal. */
  @Parameter(property = "cnnc.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  private MojoExecution execution;

  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  private List<Artifact> pluginArtifacts;

  private final ToolchainManager toolchains;

  /** Maven injects its toolchains. */
  @Inject
  public CompileMojo(ToolchainManager toolchains) {
    this.toolchains = toolchains;
  }

  /**
   * Maven sets the parameter {@code package}, whose name is a keyword, so that no field can have
   * it.
   */
  public void setPackage(String name) {
    this.rootPackage = name;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("Skipped");
      return;
    }
    try {
      compile();
    } catch (IOException problem) {
      throw new MojoExecutionException("cannot compile .cnn files: " + problem, problem);
    }
  }

  private void compile() throws IOException, MojoExecutionException, MojoFailureException {
    ProjectRelease.check(project.getProperties());
    Path source = sourceDirectory.toPath().toAbsolutePath().normalize();
    List<NetworkFile> networks = NetworkFile.below(source, rootPackage);
    OutputFolders folders =
        new OutputFolders(
            outputDirectory.toPath().toAbsolutePath(),
            resourceDirectory.toPath().toAbsolutePath(),
            Path.of(project.getBuild().getOutputDirectory()).toAbsolutePath());
    Path work =
        Path.of(project.getBuild().getDirectory())
            .toAbsolutePath()
            .resolve("cnnc")
            .resolve(execution.getExecutionId());
    List<Path> classPath =
        pluginArtifacts.stream().map(artifact -> artifact.getFile().toPath()).toList();
    Path base = project.getBasedir().toPath().toAbsolutePath();
    Settings settings = Settings.of(allowOutside, dependsOnVision(), budget, base, ledger);
    NetworkCompiler compiler =
        (files, output) -> {
          getLog().info("Compiling %s from %s".formatted(count(files.size(), "network"), source));
          return new CompilerProcess(java(), classPath, work, settings).compile(files, output);
        };
    String setting = Fingerprint.ofClassPath(classPath) + " " + folders + " " + settings;
    report(
        new IncrementalBuild(compiler, folders, work.resolve("state"), setting).run(networks),
        networks);
    addToProject(folders);
  }

  /** Whether the classes of the project may use the library that answers about pictures need. */
  private boolean dependsOnVision() {
    return project.getDependencies().stream()
        .anyMatch(
            each ->
                each.getGroupId().equals("dev.cnnc")
                    && each.getArtifactId().equals("cnnc-vision")
                    && !"test".equals(each.getScope()));
  }

  private JavaCommand java() throws MojoFailureException {
    return JavaCommand.choose(
        Optional.ofNullable(toolchains.getToolchainFromBuildContext("jdk", session))
            .map(toolchain -> toolchain.findTool("java")));
  }

  private void report(IncrementalBuild.Outcome outcome, List<NetworkFile> networks)
      throws MojoFailureException {
    if (networks.isEmpty()) {
      getLog().info("No .cnn files in " + sourceDirectory);
    } else if (outcome.compiled() == 0) {
      getLog().info("Nothing to compile: every network is up to date");
    }
    for (CompilerEvent.Problem problem : outcome.problems()) {
      if (problem.error()) {
        getLog().error(problem.located());
      } else {
        getLog().warn(problem.located());
      }
    }
    List<CompilerEvent.Problem> errors =
        outcome.problems().stream().filter(CompilerEvent.Problem::error).toList();
    if (!errors.isEmpty()) {
      long files = errors.stream().map(CompilerEvent.Problem::unit).distinct().count();
      throw new MojoFailureException(
          "%s in %s of %s, see above"
              .formatted(
                  count(errors.size(), "error"),
                  count(files, ".cnn file"),
                  Integer.toString(networks.size())));
    }
  }

  private void addToProject(OutputFolders folders) {
    project.addCompileSourceRoot(folders.javaFolder().toString());
    Resource resource = new Resource();
    resource.setDirectory(folders.resourceFolder().toString());
    project.addResource(resource);
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
