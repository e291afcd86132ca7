package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.SourceFile;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Printer;
import dev.cnnc.dsl.Source;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every file, whatever the network: its form, and the size of its methods. */
class GeneratedTest {

  /** HotSpot interprets a longer method for ever. */
  private static final int LONGEST_METHOD = 8000;

  @TestFactory
  Stream<DynamicTest> filesAreWrittenAsFmtWritesThem() {
    return Sources.files(Sources.ROOT)
        .map(
            file ->
                DynamicTest.dynamicTest(
                    Sources.ROOT.relativize(file).toString(),
                    () -> {
                      Source source = SourceFile.read(file);
                      assertThat(Printer.print(Parser.parse(source).network()))
                          .isEqualTo(source.text());
                    }));
  }

  @Test
  void aNetworkNamesItsPaperAndYearFirst() {
    assertThat(Sources.files(Sources.NETWORKS))
        .allSatisfy(file -> assertThat(Lesson.of(file).year()).isBetween(1998, 2022));
  }

  @Test
  void everyMethodCanBeCompiledByHotSpot() throws IOException {
    List<Path> classes;
    try (Stream<Path> all = Files.walk(Path.of("target/classes"))) {
      classes = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    assertThat(classes).isNotEmpty();
    for (Path file : classes) {
      ClassModel model = ClassFile.of().parse(file);
      assertThat(model.majorVersion()).as("%s", file).isEqualTo(ClassFile.JAVA_21_VERSION);
      for (MethodModel method : model.methods()) {
        int length = method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
        assertThat(length)
            .as("%s.%s", model.thisClass().asInternalName(), method.methodName())
            .isLessThanOrEqualTo(LONGEST_METHOD);
      }
    }
  }
}
