package dev.cnnc.compiler.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.build.BuildRequest.LedgerUse;
import dev.cnnc.compiler.build.BuildRequest.Limits;
import dev.cnnc.compiler.build.NetworkCompiler.Compilation;
import dev.cnnc.compiler.build.NetworkCompiler.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The build tells GraalVM's native-image of the resource that a class reads. */
class NativeImageTest {
  @TempDir private Path folder;

  @Test
  void theWeightsAreAResource() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("tiny.cnn"),
            "network tiny\ninput x [2, 4, 4]\nweights synthetic\nx -> fc(3)\n");
    Compilation compilation =
        new FacadeAdapter(false, true, new Limits("", folder), LedgerUse.OFF)
            .compile(file, "com.example");
    List<String> paths = compilation.files().stream().map(GeneratedFile::path).toList();
    assertThat(paths)
        .containsExactlyInAnyOrder(
            "com/example/Tiny.java",
            "com/example/TinyKernels.java",
            "com/example/Tiny.weights",
            "META-INF/native-image/dev.cnnc/com.example.Tiny/reachability-metadata.json");
    GeneratedFile metadata =
        compilation.files().stream()
            .filter(each -> each.path().endsWith(".json"))
            .findFirst()
            .orElseThrow();
    JsonNode resources = JsonMapper.shared().readTree(metadata.content()).get("resources");
    assertThat(resources.size()).isEqualTo(1);
    assertThat(resources.get(0).get("glob").asString()).isIn(paths).endsWith(".weights");
  }
}
