package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeJarTest {
  @TempDir private Path folder;

  @Test
  void theBuildWroteDownWhatIsPinned() {
    OnnxRuntimeJar here = OnnxRuntimeJar.here();
    assertThat(here.version()).matches("\\d+(\\.\\d+)+");
    assertThat(here.plugin()).matches("\\d+(\\.\\d+)+");
  }

  @Test
  void liesInTheLocalRepositoryOrNot() throws IOException {
    OnnxRuntimeJar library = new OnnxRuntimeJar(folder, "mvn", "1.2.3", "4");
    assertThat(library.installed()).isEmpty();
    Path place = folder.resolve("com/microsoft/onnxruntime/onnxruntime/1.2.3");
    Files.createDirectories(place);
    Path jar = Files.createFile(place.resolve("onnxruntime-1.2.3.jar"));
    assertThat(library.installed()).contains(jar);
  }

  @Test
  void mavenFetchesIt() throws IOException {
    OnnxRuntimeJar library =
        maven(
            "for word; do case $word in -DoutputDirectory=*) echo \"$*\" >\"${word#*=}/"
                + "onnxruntime-1.2.3.jar\" ;; esac; done");
    assertThat(library.fetched(folder))
        .isEqualTo(folder.resolve("onnxruntime-1.2.3.jar"))
        .content()
        .contains(":maven-dependency-plugin:4.5:copy ")
        .contains("-Dartifact=com.microsoft.onnxruntime:onnxruntime:1.2.3 ");
  }

  @Test
  void mavenMayFail() throws IOException {
    OnnxRuntimeJar library =
        maven("echo 'INFO'; echo '[ERROR] '; echo '[ERROR] it is offline'; exit 1");
    assertThatThrownBy(() -> library.fetched(folder))
        .isInstanceOf(IOException.class)
        .hasMessage("[ERROR] it is offline");
    OnnxRuntimeJar silent = maven("exit 3");
    assertThatThrownBy(() -> silent.fetched(folder)).hasMessage("Maven ended with status 3");
  }

  @Test
  void mavenMayBeMissing() {
    String nowhere = folder.resolve("nowhere").toString();
    OnnxRuntimeJar library = new OnnxRuntimeJar(folder, nowhere, "1.2.3", "4");
    assertThatThrownBy(() -> library.fetched(folder))
        .hasMessage("there is no command " + nowhere + " to fetch it with");
  }

  private OnnxRuntimeJar maven(String script) throws IOException {
    Path command = folder.resolve("mvn");
    Files.writeString(command, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    return new OnnxRuntimeJar(folder, command.toString(), "1.2.3", "4.5");
  }
}
