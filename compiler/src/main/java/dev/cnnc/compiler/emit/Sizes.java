package dev.cnnc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.NetworkSizes;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Writes the class around the classes of several sizes of one network. Each of these is as if it
 * stood alone; they share the array of weights and the kernels.
 */
final class Sizes {
  private static final ClassName THREADS = ClassName.get(Threads.class);
  private static final ClassName START = ClassName.get(Start.class);
  private static final ClassName PACKED = ClassName.get(PackedWeights.class);

  private final List<Plan> plans;
  private final ClassName name;
  private final List<ClassName> names;
  private final String hash;

  /**
   * The class of some plans.
   *
   * @param names of the classes of the sizes
   * @param hash what the weights file carries too
   */
  Sizes(List<Plan> plans, ClassName name, List<ClassName> names, String hash) {
    this.plans = plans;
    this.name = name;
    this.names = names;
    this.hash = hash;
  }

  /** The class of each size, inside that of the network: At160, or At48x160. */
  static List<ClassName> names(ClassName network, List<Plan> plans) {
    List<Shape> shapes = plans.stream().map(Sizes::shape).toList();
    boolean rows = shapes.stream().map(Shape::height).distinct().count() == 1;
    return shapes.stream()
        .map(shape -> "At" + (rows ? "" : shape.height() + "x") + shape.width())
        .map(size -> size.equals(network.simpleName()) ? size + "_" : size)
        .map(network::nestedClass)
        .toList();
  }

  private static Shape shape(Plan plan) {
    return plan.network().graph().node(0).shape();
  }

  TypeSpec.Builder type(List<TypeSpec> sizes) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
        .superclass(NetworkSizes.class)
        .addJavadoc("$L", Comments.ofSizes(plans))
        .addField(Loading.hash(hash))
        .addField(PACKED, "weights", Modifier.PRIVATE, Modifier.FINAL)
        .addField(THREADS, "threads", Modifier.PRIVATE, Modifier.FINAL)
        .addField(START, "start", Modifier.PRIVATE, Modifier.FINAL)
        .addMethods(constructors())
        .addMethods(Loading.of(name, CodeBlock.of("new $T(weights, threads, start)", name)))
        .addMethods(making())
        .addMethods(IntStream.range(0, names.size()).mapToObj(this::at).toList())
        .addMethods(answers())
        .addTypes(sizes);
  }

  private List<MethodSpec> constructors() {
    CodeBlock signatures =
        names.stream()
            .map(size -> CodeBlock.of("$T.SIGNATURE", size))
            .collect(CodeBlock.joining(", "));
    return List.of(
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(PACKED, "weights")
            .addParameter(THREADS, "threads")
            .addParameter(START, "start")
            .addStatement("super($L)", signatures)
            .addStatement("this.weights = weights")
            .addStatement("this.threads = threads")
            .addStatement("this.start = start")
            .build(),
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(name, "origin")
            .addStatement("super(origin)")
            .addStatement("this.weights = origin.weights")
            .addStatement("this.threads = origin.threads")
            .addStatement("this.start = origin.start")
            .build());
  }

  private List<MethodSpec> making() {
    return List.of(
        overriding("make")
            .addParameter(int.class, "size")
            .addCode(bySize(i -> CodeBlock.of("$T.load(weights, threads, start)", names.get(i))))
            .build(),
        overriding("fork")
            .addParameter(int.class, "size")
            .addParameter(CompiledNetwork.class, "instance")
            .addCode(bySize(i -> CodeBlock.of("(($T) instance).fork()", names.get(i))))
            .build());
  }

  private static MethodSpec.Builder overriding(String method) {
    return MethodSpec.methodBuilder(method)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(CompiledNetwork.class);
  }

  private CodeBlock bySize(IntFunction<CodeBlock> expression) {
    CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("return switch (size)");
    for (int i = 0; i < names.size(); i++) {
      code.addStatement("case $L -> $L", i, expression.apply(i));
    }
    code.addStatement(
        "default -> throw new $T(\"no size \" + size)", IndexOutOfBoundsException.class);
    return code.unindent().add("};\n").build();
  }

  private MethodSpec at(int size) {
    String simple = names.get(size).simpleName();
    return MethodSpec.methodBuilder(accessor(size))
        .addModifiers(Modifier.PUBLIC)
        .returns(names.get(size))
        .addJavadoc("The instance for an input of {@code $L}.\n", shape(plans.get(size)))
        .addStatement("return ($L) at($L)", simple, size)
        .build();
  }

  private String accessor(int size) {
    return "a" + names.get(size).simpleName().substring(1);
  }

  /** What the sizes answer about a picture, at the size for it. */
  private List<MethodSpec> answers() {
    return plans.getFirst().network().answers().stream()
        .map(answer -> AnswerText.of(answer, new Names(name.simpleName())))
        .flatMap(
            answer ->
                answer
                    .methods(
                        method ->
                            CodeBlock.builder()
                                .addStatement("int size = sizeFor(picture)")
                                .add(
                                    bySize(
                                        i -> CodeBlock.of("$L().$L(picture)", accessor(i), method)))
                                .build())
                    .stream())
        .toList();
  }
}
