package dev.cnnc.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import dev.cnnc.compiler.emit.kernel.Entry;
import dev.cnnc.compiler.emit.kernel.KernelSet;
import dev.cnnc.compiler.emit.kernel.References;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * One method a step, and the two that drive them: {@code forward} names them in order, {@code step}
 * is where a worker comes in.
 */
final class Layers {
  /** Steps in one method: about 20 bytes of code each, so that HotSpot compiles it. */
  private static final int STEPS_IN_ONE_METHOD = 250;

  private final Plan plan;
  private final KernelSet kernels;
  private final References references;
  private final List<String> methods = new ArrayList<>();

  Layers(Plan plan, Names names, KernelSet kernels, References references) {
    this.plan = plan;
    this.kernels = kernels;
    this.references = references;
    NameAllocator allocator = new NameAllocator();
    for (Step step : plan.steps()) {
      String layer = names.layer(step.node());
      methods.add(
          allocator.newName(
              switch (step.purpose()) {
                case HALO -> layer + "_halo";
                case SPACE_TO_DEPTH -> layer + "_squares";
                case ZEROS -> layer + "_zeros";
                case LAYER, LAYER_AND_PROLOGUE, CONCAT_PART, TOKENS_PART -> layer;
              }));
    }
  }

  /** The name of each step's method. */
  List<String> names() {
    return List.copyOf(methods);
  }

  /** The layers, in order. */
  List<MethodSpec> methods() {
    List<MethodSpec> specs = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      Step step = plan.steps().get(i);
      specs.add(
          MethodSpec.methodBuilder(methods.get(i))
              .addModifiers(Modifier.PRIVATE)
              .addParameter(int.class, "from")
              .addParameter(int.class, "to")
              .addParameter(int.class, "worker")
              .addJavadoc("$L\n", Comments.ofLayer(plan.network().graph(), step))
              .addCode(call(step))
              .build());
    }
    return specs;
  }

  private CodeBlock call(Step step) {
    Entry entry = kernels.entry(step);
    CodeBlock.Builder call = CodeBlock.builder().add("kernels.$L(", entry.name());
    List<String> arguments = entry.arguments(step, references);
    for (int i = 0; i < arguments.size(); i++) {
      call.add(i == 0 ? "$L" : ",$W$L", arguments.get(i));
    }
    return call.add(");\n").build();
  }

  /** {@code forward} and {@code step}, in parts where there are many steps. */
  List<MethodSpec> driving() {
    List<MethodSpec> specs = new ArrayList<>();
    int count = plan.steps().size();
    if (count <= STEPS_IN_ONE_METHOD) {
      specs.add(override("forward").addCode(forward(0, count)).build());
      specs.add(withUnits(override("step")).addCode(dispatch(0, count)).build());
      return specs;
    }
    CodeBlock.Builder forward = CodeBlock.builder();
    CodeBlock.Builder step = CodeBlock.builder();
    step.beginControlFlow("switch (step / $L)", STEPS_IN_ONE_METHOD);
    for (int from = 0; from < count; from += STEPS_IN_ONE_METHOD) {
      int part = from / STEPS_IN_ONE_METHOD;
      int to = Math.min(from + STEPS_IN_ONE_METHOD, count);
      forward.addStatement("forward$L()", part);
      step.addStatement(
          "$L -> step$L(step, from, to, worker)", to == count ? "default" : "case " + part, part);
      specs.add(part("forward" + part).addCode(forward(from, to)).build());
      specs.add(withUnits(part("step" + part)).addCode(dispatch(from, to)).build());
    }
    step.endControlFlow();
    specs.addFirst(withUnits(override("step")).addCode(step.build()).build());
    specs.addFirst(override("forward").addCode(forward.build()).build());
    return specs;
  }

  private CodeBlock forward(int from, int to) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (int i = from; i < to; i++) {
      Step step = plan.steps().get(i);
      code.add("run($L, $L, $L); // $L\n", i, step.units(), step.portion(), methods.get(i));
    }
    return code.build();
  }

  private CodeBlock dispatch(int from, int to) {
    CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("switch (step)");
    for (int i = from; i < to; i++) {
      code.addStatement("case $L -> $L(from, to, worker)", i, methods.get(i));
    }
    code.addStatement(
        "default -> throw new $T(\"no step \" + step)", IllegalArgumentException.class);
    return code.endControlFlow().build();
  }

  private static MethodSpec.Builder override(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED);
  }

  private static MethodSpec.Builder part(String name) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE);
  }

  private static MethodSpec.Builder withUnits(MethodSpec.Builder method) {
    return method
        .addParameter(int.class, "step")
        .addParameter(int.class, "from")
        .addParameter(int.class, "to")
        .addParameter(int.class, "worker");
  }
}
