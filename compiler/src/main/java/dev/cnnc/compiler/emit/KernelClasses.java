package dev.cnnc.compiler.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.cnnc.compiler.emit.kernel.KernelMethod;
import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.emit.kernel.KernelSet;
import dev.cnnc.compiler.emit.kernel.LaneConstant;
import dev.cnnc.compiler.emit.kernel.Lanes;
import dev.cnnc.compiler.emit.kernel.PanelReads;
import dev.cnnc.compiler.plan.kernel.Kernel;
import dev.cnnc.runtime.Kernels;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.Window;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/**
 * The file with the kernels: an interface, and in it a class for each width. Only the scalar one,
 * which names no vector type, and the one for this machine are ever loaded.
 */
final class KernelClasses {
  private static final ClassName VECTOR = ClassName.get("jdk.incubator.vector", "FloatVector");
  private static final ClassName SPECIES = ClassName.get("jdk.incubator.vector", "VectorSpecies");

  private static final Map<String, ClassName> IMPORTS =
      Map.of(
          "FloatVector", VECTOR,
          "VectorOperators", ClassName.get("jdk.incubator.vector", "VectorOperators"),
          "Fma", ClassName.get("dev.cnnc.runtime", "Fma"),
          "Arrays", ClassName.get("java.util", "Arrays"));

  private static final Pattern TYPES =
      Pattern.compile("\\b(FloatVector|VectorOperators|Fma|Arrays)\\b");

  /** The field and the method that make the JIT count calls of kernels that compute nothing. */
  private static final String IDLE = "idle";

  /** Characters of a line of Javadoc, inside its indentation. */
  private static final int DOC_WIDTH = 90;

  private final ClassName network;
  private final ClassName kernels;
  private final KernelSet set;
  private final int scratch;

  KernelClasses(ClassName network, ClassName kernels, KernelSet set, int scratch) {
    this.network = network;
    this.kernels = kernels;
    this.set = set;
    this.scratch = scratch;
  }

  TypeSpec type() {
    TypeSpec.Builder type =
        TypeSpec.interfaceBuilder(kernels)
            .addSuperinterface(Kernels.class)
            .addJavadoc(
                "The kernels of {@link $T}: what its layers call, and a class for each width of"
                    + " vectors.\n",
                network)
            .addMethod(choice())
            .addMethods(entries())
            .addType(common());
    set.widths().forEach(lanes -> type.addType(type(lanes)));
    return type.build();
  }

  private MethodSpec choice() {
    CodeBlock.Builder choice = CodeBlock.builder();
    // Each returns by itself: to join their types the JVM would have to load them all.
    choice.beginControlFlow("switch (lanes)");
    for (Lanes lanes : set.widths()) {
      choice
          .beginControlFlow("$L ->", lanes.isScalar() ? "default" : "case " + lanes.floats())
          .addStatement(
              "return new $L(arena, weights, scratch, workers$L)",
              lanes.className(),
              lanes.isScalar() ? ", packed" : "")
          .endControlFlow();
    }
    choice.endControlFlow();
    return MethodSpec.methodBuilder("of")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(kernels)
        .addJavadoc(
            "Those for vectors of {@code lanes} floats; {@code packed} is what weights are packed"
                + " for.\n")
        .addParameter(int.class, "lanes")
        .addParameter(int.class, "packed")
        .addParameters(constructorParameters())
        .addCode(choice.build())
        .build();
  }

  private List<MethodSpec> entries() {
    Lanes any = set.widths().getFirst();
    return set.methods(any).stream()
        .filter(method -> method.role() == Role.ENTRY)
        .map(
            method ->
                signature(method, any)
                    .addJavadoc("$L\n", wrapped(method.doc()))
                    .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                    .build())
        .toList();
  }

  /** The fields, and the methods that are the same at every width. */
  private TypeSpec common() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder("Common")
            .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT, Modifier.STATIC)
            .addSuperinterface(kernels)
            .addJavadoc("What needs no vectors.\n");
    constant(type, "BLOCK", Kernel.BLOCK, "Output pixels of most blocks.");
    constant(type, "PLACES", Kernel.PLACES, "Output pixels of the largest block.");
    constant(type, "UNIT", Kernel.UNIT, "Output pixels that threads share convs in.");
    if (set.hasLists()) {
      type.addField(
          constant("SEGMENTS", Kernel.SEGMENTS, "Where the list of runs or reads begins."));
    }
    constant(type, "SCRATCH", scratch, "Floats of scratch for each worker.");
    type.addField(float[].class, "arena", Modifier.FINAL);
    type.addField(float[].class, "weights", Modifier.FINAL);
    type.addField(int.class, "scratch", Modifier.FINAL);
    type.addField(
        FieldSpec.builder(boolean.class, IDLE)
            .addJavadoc("Whether kernels with vectors return at once.\n")
            .build());
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addParameters(constructorParameters())
            .addStatement("this.arena = arena")
            .addStatement("this.weights = weights")
            .addStatement("this.scratch = scratch");
    if (set.hasLists()) {
      type.addField(
          FieldSpec.builder(int[][].class, "at", Modifier.FINAL)
              .addJavadoc(
                  "For each worker: places of a block's windows, results, residuals; of runs or"
                      + " reads.\n")
              .build());
      constructor.addStatement("this.at = new int[workers][SEGMENTS + $L]", set.listed());
    }
    type.addMethod(constructor.build());
    type.addMethod(
        MethodSpec.methodBuilder(IDLE)
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PUBLIC)
            .addParameter(boolean.class, IDLE)
            .addStatement("this.$1L = $1L", IDLE)
            .build());
    Lanes any = set.widths().getFirst();
    set.methods(any).stream()
        .filter(KernelMethod::isPlain)
        .forEach(method -> type.addMethod(method(method, any)));
    return type.build();
  }

  private TypeSpec type(Lanes lanes) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(lanes.className())
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .superclass(kernels.nestedClass("Common"))
            .addJavadoc(
                lanes.isScalar()
                    ? "Kernels without vectors: the same sums in the same order.\n"
                    : "Kernels for vectors of %s floats.\n".formatted(lanes.floats()));
    if (!lanes.isScalar()) {
      type.addField(
          FieldSpec.builder(
                  ParameterizedTypeName.get(SPECIES, ClassName.get(Float.class)),
                  "S",
                  Modifier.PRIVATE,
                  Modifier.STATIC,
                  Modifier.FINAL)
              .initializer("$T.$L", VECTOR, lanes.species())
              .build());
      set.constants(lanes).forEach(each -> type.addField(constant(each)));
    }
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addParameters(constructorParameters())
            .addStatement("super(arena, weights, scratch, workers)");
    if (lanes.isScalar()) {
      constructor.addParameter(int.class, "lanes");
      panels(type, constructor);
    }
    type.addMethod(constructor.build());
    set.methods(lanes).stream()
        .filter(method -> !method.isPlain())
        .forEach(method -> type.addMethod(method(method, lanes)));
    return type.build();
  }

  /** The shapes of the panels that one lane reads: those of the vectors weights are packed for. */
  private void panels(TypeSpec.Builder type, MethodSpec.Builder constructor) {
    if (set.mentions("lanes")) {
      type.addField(
          FieldSpec.builder(int.class, "lanes", Modifier.PRIVATE, Modifier.FINAL)
              .addJavadoc("Floats of the vectors that weights are packed for.\n")
              .build());
      constructor.addStatement("this.lanes = lanes");
    }
    for (Tile.Use use : Tile.Use.values()) {
      String name = PanelReads.widest(use);
      if (set.mentions(name)) {
        type.addField(
            FieldSpec.builder(int.class, name, Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("Outputs whose weights lie side by side.\n")
                .build());
        constructor.addStatement(
            "$L = $T.widest($T.$L, lanes)", name, Tile.class, Tile.Use.class, use);
      }
    }
  }

  private static FieldSpec constant(LaneConstant constant) {
    ClassName type = ClassName.get("jdk.incubator.vector", constant.type());
    return FieldSpec.builder(
            ParameterizedTypeName.get(type, ClassName.get(Float.class)),
            constant.name(),
            Modifier.PRIVATE,
            Modifier.STATIC,
            Modifier.FINAL)
        .initializer("$T.$L", type, constant.value())
        .build();
  }

  private MethodSpec method(KernelMethod method, Lanes lanes) {
    MethodSpec.Builder builder = signature(method, lanes);
    switch (method.role()) {
      case ENTRY -> builder.addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
      case PART -> builder.addModifiers(Modifier.FINAL);
      case FUNCTION -> builder.addModifiers(Modifier.STATIC);
    }
    if (method.role() != Role.ENTRY) {
      builder.addJavadoc("$L\n", wrapped(method.doc()));
    }
    if (!lanes.isScalar() && method.isLeaf()) {
      builder.beginControlFlow("if ($L)", IDLE).addStatement("return").endControlFlow();
    }
    return builder.addCode(withImports(lanes.render(method.body()))).build();
  }

  /** The text, with the types it names known to JavaPoet. */
  private static CodeBlock withImports(String text) {
    CodeBlock.Builder code = CodeBlock.builder();
    Matcher names = TYPES.matcher(text);
    int done = 0;
    while (names.find()) {
      code.add("$L$T", text.substring(done, names.start()), IMPORTS.get(names.group()));
      done = names.end();
    }
    return code.add("$L", text.substring(done)).build();
  }

  /** A constant, if a kernel mentions it. */
  private void constant(TypeSpec.Builder type, String name, int value, String doc) {
    if (set.mentions(name)) {
      type.addField(constant(name, value, doc));
    }
  }

  private static FieldSpec constant(String name, int value, String doc) {
    return FieldSpec.builder(int.class, name, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("$L\n", doc)
        .initializer("$L", value)
        .build();
  }

  private static List<ParameterSpec> constructorParameters() {
    return List.of(
        ParameterSpec.builder(float[].class, "arena").build(),
        ParameterSpec.builder(float[].class, "weights").build(),
        ParameterSpec.builder(int.class, "scratch").build(),
        ParameterSpec.builder(int.class, "workers").build());
  }

  private MethodSpec.Builder signature(KernelMethod method, Lanes lanes) {
    MethodSpec.Builder builder =
        MethodSpec.methodBuilder(method.name()).returns(type(method.result(), lanes));
    List<String> parameters =
        method.parameters().isEmpty() ? List.of() : List.of(method.parameters().split(", ", -1));
    for (String parameter : parameters) {
      String[] words = parameter.split(" ", -1);
      builder.addParameter(type(words[0], lanes), words[1]);
    }
    return builder;
  }

  /** In lines of a sensible width, whatever has been filled in. */
  private static String wrapped(String doc) {
    return Pattern.compile("(.{1,%s})(?:\\s|$)".formatted(DOC_WIDTH))
        .matcher(doc.strip().replaceAll("\\s+", " "))
        .replaceAll("$1\n")
        .strip();
  }

  private TypeName type(String name, Lanes lanes) {
    return switch (name) {
      case "void" -> TypeName.VOID;
      case "int" -> TypeName.INT;
      case "float" -> TypeName.FLOAT;
      case "boolean" -> TypeName.BOOLEAN;
      case "int[]" -> ArrayTypeName.of(int.class);
      case "float[]" -> ArrayTypeName.of(float.class);
      case "float[][]" -> ArrayTypeName.of(float[].class);
      case "View" -> ClassName.get(View.class);
      case "Window" -> ClassName.get(Window.class);
      case "Finish" -> network.nestedClass("Finish");
      case "V" -> lanes.isScalar() ? TypeName.FLOAT : VECTOR;
      default -> throw new IllegalArgumentException("no type " + name);
    };
  }
}
