package dev.cnnc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.cnnc.runtime.Forks;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * The methods that give instances of a class: {@code load} in six forms, {@code fork} and {@code
 * forks}.
 */
final class Loading {
  private static final ClassName FORKS = ClassName.get(Forks.class);
  private static final ClassName THREADS = ClassName.get(Threads.class);
  private static final ClassName START = ClassName.get(Start.class);
  private static final ClassName PACKED = ClassName.get(PackedWeights.class);

  private Loading() {}

  /** The constant by which {@code load} knows the weights file of the class. */
  static FieldSpec hash(String hash) {
    return FieldSpec.builder(
            String.class, "HASH", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("What the weights file of this class carries too.\n")
        .initializer("$S", hash)
        .build();
  }

  /**
   * The methods.
   *
   * @param made what gives an instance over {@code weights}, on {@code threads}, begun by {@code
   *     start}
   */
  static List<MethodSpec> of(ClassName name, CodeBlock made) {
    String resource = name.topLevelClassName().simpleName() + ".weights";
    return List.of(
        MethodSpec.methodBuilder("load")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(name)
            .addJavadoc("Reads, checks and packs the weights beside this class.\n")
            .addStatement("return load($T.caller())", THREADS)
            .build(),
        MethodSpec.methodBuilder("load")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(name)
            .addParameter(START, "start")
            .addJavadoc("The same, begun in this way.\n")
            .addStatement("return load($T.caller(), start)", THREADS)
            .build(),
        MethodSpec.methodBuilder("load")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(name)
            .addParameter(THREADS, "threads")
            .addJavadoc("The same, to be run on more threads than the caller's: close it then.\n")
            .addStatement("return load(threads, $T.QUICK)", START)
            .build(),
        MethodSpec.methodBuilder("load")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(name)
            .addParameter(THREADS, "threads")
            .addParameter(START, "start")
            .addJavadoc("The same with both.\n")
            .addStatement(
                "return load(\n$T.load($T.class.getResource($S), $S, HASH), threads, start)",
                PACKED,
                name,
                resource,
                resource)
            .build(),
        MethodSpec.methodBuilder("load")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(name)
            .addParameter(PACKED, "weights")
            .addParameter(THREADS, "threads")
            .addJavadoc("With weights of the same layout that were packed elsewhere.\n")
            .addStatement("return load(weights, threads, $T.QUICK)", START)
            .build(),
        MethodSpec.methodBuilder("load")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(name)
            .addParameter(PACKED, "weights")
            .addParameter(THREADS, "threads")
            .addParameter(START, "start")
            .addJavadoc("The same with all three.\n")
            .addStatement("return $L", made)
            .build(),
        MethodSpec.methodBuilder("fork")
            .addModifiers(Modifier.PUBLIC)
            .returns(name)
            .addJavadoc("Another instance over the same weights, for another thread.\n")
            .addStatement("return new $T(this)", name)
            .build(),
        MethodSpec.methodBuilder("forks")
            .addModifiers(Modifier.PUBLIC)
            .returns(ParameterizedTypeName.get(FORKS, name))
            .addParameter(TypeName.INT, "count")
            .addJavadoc("So many more, for the threads of a server: see {@link $T}.\n", FORKS)
            .addStatement("return new $T<>(count, this::fork)", FORKS)
            .build());
  }
}
