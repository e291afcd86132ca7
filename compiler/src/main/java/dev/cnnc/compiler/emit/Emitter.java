package dev.cnnc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.cnnc.compiler.emit.kernel.KernelSet;
import dev.cnnc.compiler.emit.kernel.Lanes;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Kernels;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import javax.lang.model.element.Modifier;

/** Writes the Java class of a plan. Everything it says has been decided before. */
public final class Emitter {
  private static final ClassName SIGNATURE = ClassName.get(Signature.class);
  private static final ClassName THREADS = ClassName.get(Threads.class);
  private static final ClassName START = ClassName.get(Start.class);
  private static final ClassName PACKED = ClassName.get(PackedWeights.class);

  private final Plan plan;
  private final ClassName name;
  private final ClassName kernelsName;
  private final String hash;
  private final Names names;
  private final Constants constants;
  private final Layers layers;

  private Emitter(
      Plan plan, ClassName name, ClassName kernelsName, String hash, KernelSet kernels) {
    this.plan = plan;
    this.name = name;
    this.kernelsName = kernelsName;
    this.hash = hash;
    this.names = new Names(name.simpleName());
    this.constants = new Constants(plan, names);
    this.layers = new Layers(plan, names, kernels, constants);
  }

  /**
   * The text of the class and of its kernels.
   *
   * @param plans one for each size of the network's input, over one array of weights
   * @param packageName of both; empty for the unnamed one
   * @param hash what its weights file carries too
   */
  public static Emitted emit(List<Plan> plans, String packageName, String hash) {
    return emit(plans, packageName, hash, Lanes.ALL);
  }

  /** The same with kernels of some widths alone; the last of them is one without vectors. */
  public static Emitted emit(
      List<Plan> plans, String packageName, String hash, List<Lanes> widths) {
    Plan first = plans.getFirst();
    ClassName name = ClassName.get(packageName, Names.className(first.network().graph().name()));
    ClassName kernelsName = ClassName.get(packageName, Names.kernelsName(name.simpleName()));
    KernelSet kernels = new KernelSet(plans, widths);
    List<ClassName> names = plans.size() == 1 ? List.of(name) : Sizes.names(name, plans);
    List<Emitter> emitters = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      emitters.add(new Emitter(plans.get(i), names.get(i), kernelsName, hash, kernels));
    }
    TypeSpec.Builder type =
        plans.size() == 1
            ? emitters.getFirst().type()
            : new Sizes(plans, name, names, hash)
                .type(emitters.stream().map(each -> each.type().build()).toList());
    if (!kernels.finishes().isEmpty()) {
      type.addType(finish(kernels));
    }
    SequencedMap<String, String> sources = new LinkedHashMap<>();
    sources.put(name.canonicalName(), text(packageName, type.build()));
    sources.put(
        kernelsName.canonicalName(),
        text(packageName, new KernelClasses(name, kernelsName, kernels, first.scratch()).type()));
    return new Emitted(
        name.canonicalName(),
        sources,
        emitters.stream()
            .map(each -> new Emitted.Size(each.name.reflectionName(), each.layers.names()))
            .toList());
  }

  private static String text(String packageName, TypeSpec type) {
    JavaFile file =
        JavaFile.builder(packageName, type).skipJavaLangImports(true).indent("  ").build();
    return TextLayout.of(file.toString());
  }

  /** What the class of a network is called: Resnet50 for resnet50. */
  public static String className(String network) {
    return Names.className(network);
  }

  /**
   * An emitted class.
   *
   * @param className with its package
   * @param sources the texts by class name: the network, then its kernels
   * @param sizes the classes that compute: the network, or one for each size of its input
   */
  public record Emitted(String className, SequencedMap<String, String> sources, List<Size> sizes) {

    /**
     * A class that computes.
     *
     * @param className its binary name
     * @param methods the method that each step of the plan became
     */
    public record Size(String className, List<String> methods) {
      public Size {
        methods = List.copyOf(methods);
      }
    }

    public Emitted {
      sizes = List.copyOf(sizes);
      sources = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sources));
    }

    /** The method that each step of the plan became, at the first size. */
    public List<String> methods() {
      return sizes.getFirst().methods();
    }

    /** The class of one size, as if it stood alone. */
    public Emitted at(int size) {
      return new Emitted(sizes.get(size).className(), sources, List.of(sizes.get(size)));
    }

    /** The text that a user of the network reads: the class without its kernels. */
    public String network() {
      return sources.firstEntry().getValue();
    }
  }

  private TypeSpec.Builder type() {
    List<AnswerText> answers =
        plan.network().answers().stream().map(answer -> AnswerText.of(answer, names)).toList();
    List<MethodSpec> layerMethods = layers.methods();
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .superclass(hasOneInput() ? CompiledNetwork.class : NetworkInstance.class)
            .addJavadoc("$L", Comments.ofNetwork(plan))
            .addFields(constants.fields())
            .addField(Loading.hash(hash))
            .addField(
                FieldSpec.builder(
                        SIGNATURE, "SIGNATURE", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                    .initializer(signature())
                    .build())
            .addFields(answers.stream().map(AnswerText::field).toList())
            .addField(FieldSpec.builder(kernelsName, "kernels", Modifier.PRIVATE).build())
            .addMethods(constructors())
            .addMethods(
                Loading.of(
                    name, CodeBlock.of("start.begin(new $T(weights, threads, start))", name)))
            .addMethods(kernelsForLanes())
            .addMethods(hasOneInput() ? List.of() : RunMethods.of(plan.network()))
            .addMethods(answers.stream().flatMap(answer -> answer.methods().stream()).toList())
            .addMethods(layers.driving())
            .addMethods(layerMethods)
            .addTypes(constants.holders());
    if (name.enclosingClassName() != null) {
      type.addModifiers(Modifier.STATIC);
    }
    return type;
  }

  /** Stands in the network, since its layers name it. */
  private static TypeSpec finish(KernelSet kernels) {
    TypeSpec.Builder finish =
        TypeSpec.enumBuilder("Finish").addJavadoc("What becomes of the sums of a conv or fc.\n");
    kernels.finishes().forEach(finish::addEnumConstant);
    return finish.build();
  }

  private boolean hasOneInput() {
    return plan.network().inputs().size() == 1;
  }

  private CodeBlock signature() {
    Graph graph = plan.network().graph();
    CodeBlock.Builder code =
        CodeBlock.builder().add("new $T(\n$>$>", SIGNATURE).add("$S,\n", graph.name());
    if (hasOneInput()) {
      code.add("$L,\n", constants.view(plan.views().getFirst()));
    } else {
      code.add(inputs());
    }
    code.add("$T.of(", List.class);
    for (int i = 0; i < graph.outputs().size(); i++) {
      Graph.Output output = graph.outputs().get(i);
      code.add(
          "$Lnew $T.Output($S, $L)",
          i == 0 ? "" : ", ",
          SIGNATURE,
          output.name(),
          constants.view(plan.views().get(output.node())));
    }
    code.add("),\n$L,\n$L", Constants.grouped(plan.arena()), plan.scratch());
    if (hasOneInput()) {
      code.add(",\n").add(preprocess(plan.network().inputs().getFirst()));
    }
    return code.add(")$<$<").build();
  }

  private List<MethodSpec> constructors() {
    return List.of(
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(PACKED, "weights")
            .addParameter(THREADS, "threads")
            .addParameter(START, "start")
            .addStatement("super(SIGNATURE, weights, threads, start)")
            .addStatement("take(firstKernels())")
            .build(),
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(name, "origin")
            .addStatement("super(origin)")
            .addStatement("take(firstKernels())")
            .build());
  }

  private List<MethodSpec> kernelsForLanes() {
    return List.of(
        MethodSpec.methodBuilder("kernels")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .addParameter(int.class, "lanes")
            .returns(Kernels.class)
            .addStatement(
                "return $T.of(lanes, packed().lanes(), arena, weights, SIGNATURE.arena(),"
                    + " threads().count())",
                kernelsName)
            .build(),
        MethodSpec.methodBuilder("take")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .addParameter(Kernels.class, "kernels")
            .addStatement("this.kernels = ($T) kernels", kernelsName)
            .build(),
        MethodSpec.methodBuilder("withVectors")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .returns(name)
            .addStatement("return load(packed(), $T.caller(), $T.VECTORS)", THREADS, START)
            .build());
  }

  /** The inputs of a network of several, each on a line of its own. */
  private CodeBlock inputs() {
    CodeBlock.Builder code = CodeBlock.builder().add("$T.of(\n$>$>", List.class);
    List<Network.Input> inputs = plan.network().inputs();
    for (int i = 0; i < inputs.size(); i++) {
      code.add(
              "new $T.Input($S, $L, ",
              SIGNATURE,
              inputs.get(i).name(),
              constants.view(plan.views().get(i)))
          .add(preprocess(inputs.get(i)))
          .add(i == inputs.size() - 1 ? ")),\n$<$<" : "),\n");
    }
    return code.build();
  }

  private static CodeBlock preprocess(Network.Input input) {
    return input
        .preprocess()
        .map(
            clause ->
                CodeBlock.of(
                    "$T.of(\n$>$>$L$<$<)", Optional.class, PreprocessText.constructor(clause)))
        .orElseGet(() -> CodeBlock.of("$T.empty()", Optional.class));
  }

  /** {@code 4,096,000}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
