package dev.cnnc.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The line of this module in ARCHITECTURE.md. It stands here because the modules that see all
 * others do without Spark.
 */
class ArchitectureTest {
  private final JavaClasses main = new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void onlySparkAndTheLibrariesAreUsed() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.cnnc.spark",
            "dev.cnnc.runtime",
            "dev.cnnc.vision",
            "java..",
            "org.apache.spark..",
            "org.jspecify.annotations",
            "scala..")
        .check(main);
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().beFinal().check(main);
  }

  @Test
  void nothingReflects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.reflect", "sun..", "jdk.internal..")
        .check(main);
  }
}
