package dev.cnnc.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.cnnc.dsl.Parser;
import dev.cnnc.runtime.PictureReader;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of ARCHITECTURE.md. It stands here because this module sees all the others. */
class ArchitectureTest {
  private static JavaClasses everything;

  @BeforeAll
  static void read() {
    everything =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cnnc");
  }

  @Test
  void allModulesAreSeen() {
    assertThat(everything.stream().map(type -> type.getPackageName()))
        .contains(
            "dev.cnnc.dsl",
            "dev.cnnc.runtime",
            "dev.cnnc.vision",
            "dev.cnnc.compiler",
            "dev.cnnc.cli");
  }

  @ParameterizedTest
  @MethodSource({"modules", "libraries", "stages", "habits"})
  void holds(ArchRule rule) {
    rule.check(everything);
  }

  static Stream<ArchRule> modules() {
    return Stream.of(
        uses("dev.cnnc.dsl..", "java..", "org.antlr.."),
        uses(
            "dev.cnnc.runtime..",
            "java..",
            "javax.imageio..",
            "jdk.incubator.vector..",
            "com.sun.management.."),
        uses("dev.cnnc.vision..", "dev.cnnc.runtime", "java.."),
        uses(
            "dev.cnnc.compiler..",
            "dev.cnnc.dsl",
            "dev.cnnc.runtime..",
            "dev.cnnc.vision",
            "java..",
            "javax.tools..",
            "javax.lang.model..",
            "com.palantir.javapoet..",
            "jdk.incubator.vector..",
            "tools.jackson.core.."),
        uses(
            "dev.cnnc.cli..",
            "dev.cnnc.dsl",
            "dev.cnnc.compiler..",
            "dev.cnnc.runtime..",
            "dev.cnnc.vision",
            "java..",
            "javax.imageio..",
            "javax.lang.model..",
            "com.sun.management..",
            "ai.onnxruntime..",
            "picocli..",
            "tools.jackson.core.."));
  }

  static Stream<ArchRule> libraries() {
    return Stream.of(
        noClasses()
            .that(resideInAPackage("dev.cnnc.dsl").and(not(belongToAnyOf(Parser.class))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.antlr..", "dev.cnnc.dsl.grammar")
            .because("only the parser sees ANTLR"),
        noClasses()
            .that(
                resideInAPackage("dev.cnnc.runtime..").and(not(belongToAnyOf(PictureReader.class))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.imageio..", "java.awt.color..")
            .because("a linked image can do without java.desktop"),
        noClasses()
            .that()
            .haveNameNotMatching("dev\\.cnnc\\.cli\\.OnnxRuntimeMain(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..")
            .because("an installation does not have it"),
        onlyIn("com.palantir.javapoet..", "dev.cnnc.compiler.emit"),
        onlyIn(
            "tools.jackson..",
            "dev.cnnc.compiler.weights",
            "dev.cnnc.compiler.predict",
            "dev.cnnc.cli.."),
        uses(
            "dev.cnnc.cli.report",
            "dev.cnnc.dsl",
            "dev.cnnc.compiler..",
            "java..",
            "tools.jackson.core.."),
        onlyIn("javax.tools..", "dev.cnnc.compiler.load"),
        onlyIn("com.sun.management..", "dev.cnnc.runtime", "dev.cnnc.cli"),
        noClasses()
            .that()
            .resideInAPackage("dev.cnnc.runtime..")
            .and()
            .haveNameNotMatching("dev\\.cnnc\\.runtime\\.Gauges(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.management..", "java.lang.management..")
            .because("a linked image can do without jdk.management"));
  }

  /** Nothing knows the stage that comes after it. */
  static Stream<ArchRule> stages() {
    String stage = "dev.cnnc.compiler.";
    return Stream.of(
        uses(stage + "ir", "dev.cnnc.dsl", "dev.cnnc.runtime..", "dev.cnnc.vision", "java.."),
        uses(
            stage + "lower",
            stage + "ir",
            "dev.cnnc.dsl",
            "dev.cnnc.runtime..",
            "dev.cnnc.vision",
            "java.."),
        uses(stage + "pass", stage + "ir", "dev.cnnc.runtime..", "java.."),
        uses(stage + "reference", stage + "ir", "dev.cnnc.runtime..", "java.."),
        uses(stage + "plan.kernel", stage + "ir", "dev.cnnc.runtime..", "java.."),
        uses(stage + "plan", stage + "plan.kernel", stage + "ir", "dev.cnnc.runtime..", "java.."),
        uses(
            stage + "emit.kernel",
            stage + "plan",
            stage + "plan.kernel",
            stage + "ir",
            "dev.cnnc.runtime..",
            "java.."),
        uses(stage + "load", "dev.cnnc.runtime..", "java..", "javax.tools.."),
        noClasses()
            .that()
            .resideInAPackage(stage + "emit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(stage + "lower", stage + "pass", stage + "weights")
            .because("no decision is left"),
        slices().matching("dev.cnnc.(compiler.*)..").should().beFreeOfCycles());
  }

  /** ANTLR's are not ours. */
  static Stream<ArchRule> habits() {
    return Stream.of(
        noClasses()
            .should()
            .haveNameMatching(".*(Util|Helper)s?(\\$.*)?")
            .because("a class is named after what it is"),
        fields()
            .that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("dev.cnnc.dsl.grammar")
            .should()
            .beFinal()
            .because("nothing static changes"),
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.cnnc.dsl.grammar")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.lang.reflect", "sun..", "jdk.internal..")
            .because("what reflects cannot be followed"));
  }

  /** Classes there depend on their own package and these, and on annotations. */
  private static ArchRule uses(String module, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(module, "org.jspecify.annotations"), Stream.of(others))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }

  private static ArchRule onlyIn(String library, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
