package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
  @TempDir private Path folder;
  private Path networks;

  @BeforeEach
  void create() throws IOException {
    networks = Files.createDirectories(folder.resolve("project/src/main/cnn"));
    Files.createFile(folder.resolve("project/pom.xml"));
    Files.createFile(folder.resolve("secret"));
    Files.createFile(folder.resolve("project/labels.txt"));
  }

  @Test
  void allowsFilesBelowTheBuildFile() {
    assertThat(allows("labels.txt")).isTrue();
    assertThat(allows("../../../labels.txt")).isTrue();
    assertThat(allows("deeper/not/there.txt")).isTrue();
    assertThat(allows(folder.resolve("project/labels.txt").toString())).isTrue();
  }

  @Test
  void allowsNothingElse() {
    assertThat(allows("../../../../secret")).isFalse();
    assertThat(allows("../../../../missing")).isFalse();
    assertThat(allows("/etc/passwd")).isFalse();
    assertThat(new Project(networks, true).allows(Path.of("/etc/passwd"))).isTrue();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void looksThroughLinks() throws IOException {
    Files.createSymbolicLink(networks.resolve("link"), folder.resolve("secret"));
    Files.createSymbolicLink(networks.resolve("up"), folder);
    assertThat(allows("link")).isFalse();
    assertThat(allows("up/missing")).isFalse();
    assertThat(allows("up/project/labels.txt")).isTrue();
  }

  @Test
  void isTheFolderItselfWithoutABuildFile() throws IOException {
    Files.delete(folder.resolve("project/pom.xml"));
    assertThat(allows("labels.txt")).isTrue();
    assertThat(allows("../../../labels.txt")).isFalse();
  }

  private boolean allows(String file) {
    return new Project(networks, false).allows(networks.resolve(file));
  }
}
