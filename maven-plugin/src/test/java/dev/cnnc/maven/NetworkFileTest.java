package dev.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkFileTest {
  @TempDir private Path folder;

  @Test
  void folderIsThePackage() throws Exception {
    create("root.cnn");
    create("com/example/deep.cnn");
    create("com/example/notes.txt");
    assertThat(NetworkFile.below(folder, "the.group"))
        .containsExactly(
            new NetworkFile(
                "com/example/deep.cnn", folder.resolve("com/example/deep.cnn"), "com.example"),
            new NetworkFile("root.cnn", folder.resolve("root.cnn"), "the.group"));
  }

  @Test
  void missingFolderHasNoFiles() throws Exception {
    assertThat(NetworkFile.below(folder.resolve("none"), "the.group")).isEmpty();
  }

  @Test
  void groupIdThatIsNoPackageAsksForOne() throws IOException {
    create("root.cnn");
    assertThatThrownBy(() -> NetworkFile.below(folder, "com.my-company"))
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("'com.my-company'")
        .hasMessageContaining("set <package>");
  }

  @Test
  void folderThatIsNoPackageIsRefused() throws IOException {
    create("resnet-18/net.cnn");
    assertThatThrownBy(() -> NetworkFile.below(folder, "the.group"))
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("'resnet-18'")
        .hasMessageContaining("rename the folder");
  }

  private void create(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.createFile(file);
  }
}
