package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What ships with every compiled network: little, and nothing else with it. */
class ModuleTest {
  private static final int LARGEST_JAR = 150_000;

  /** How a class file of Java 21 begins. */
  private static final byte[] MAGIC = {
    (byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 65
  };

  @Test
  void needsNoOtherModule() throws IOException {
    ModuleDescriptor module;
    try (InputStream in = Files.newInputStream(classes().resolve("module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }
    assertThat(
            module.requires().stream()
                .filter(each -> !each.modifiers().contains(Modifier.STATIC))
                .map(ModuleDescriptor.Requires::name))
        .containsExactlyInAnyOrder("java.base", "jdk.incubator.vector");
    assertThat(module.requires().stream().map(ModuleDescriptor.Requires::name))
        .containsExactlyInAnyOrder(
            "java.base", "jdk.incubator.vector", "java.desktop", "jdk.management", "org.jspecify");
  }

  @Test
  void runsOnJava21() throws IOException {
    try (Stream<Path> files = Files.walk(classes())) {
      assertThat(files.filter(file -> file.toString().endsWith(".class")))
          .hasSizeGreaterThan(50)
          .allSatisfy(file -> assertThat(Files.readAllBytes(file)).startsWith(MAGIC));
    }
  }

  @Test
  void isSmall() throws IOException {
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar);
        Stream<Path> files = Files.walk(classes())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes().relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    assertThat(jar.size()).isBetween(20_000, LARGEST_JAR);
  }

  private static Path classes() {
    try {
      return Path.of(Simd.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
