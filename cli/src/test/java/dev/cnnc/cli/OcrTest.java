package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page {@code docs/ocr/README.md} to the letter: its models come from Maven Central, its
 * commands import them, its clauses go into the networks, and its program reads its photograph.
 */
class OcrTest {
  private static final Pattern ARTIFACT = Pattern.compile("-Dartifact=(\\S+)");
  private static final Pattern SIZES = Pattern.compile("```\\n(input .*)\\n```");

  @TempDir private Path folder;

  @Test
  void readsAPhotograph() throws IOException {
    PageProgram page = new PageProgram(RepositoryFiles.ROOT.resolve("docs/ocr/README.md"), folder);
    unpack(CentralFile.fetched(page.all(ARTIFACT).getFirst(), folder));
    page.compile(Map.of("reader", page.all(SIZES).getFirst()));
    assertThat(page.run("Ocr", "photo.jpg")).isEqualTo(page.output());
  }

  private void unpack(Path jar) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar);
        Stream<Path> models = Files.list(files.getPath("models"))) {
      for (Path model : models.toList()) {
        Files.copy(model, folder.resolve(model.getFileName().toString()));
      }
    }
  }
}
