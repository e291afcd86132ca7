package dev.cnnc.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.Prediction;
import dev.cnnc.runtime.Preprocessor;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * The methods that run a network of several inputs: a parameter for each, named as in the file. A
 * network of one input inherits its own.
 */
final class RunMethods {
  /** Java allows 255 parameters; with more inputs than this the arrays of the base class remain. */
  private static final int MOST_PARAMETERS = 200;

  private static final TypeName ARRAY = TypeName.get(float[].class);
  private static final TypeName ARRAYS = TypeName.get(float[][].class);

  private final Network network;
  private final List<String> names = new ArrayList<>();

  private RunMethods(Network network) {
    this.network = network;
    NameAllocator allocator = new NameAllocator();
    allocator.newName("output");
    allocator.newName("outputs");
    network.inputs().forEach(input -> names.add(allocator.newName(input.name())));
  }

  static List<MethodSpec> of(Network network) {
    if (network.inputs().size() > MOST_PARAMETERS) {
      return List.of();
    }
    RunMethods methods = new RunMethods(network);
    List<MethodSpec> all = new ArrayList<>();
    all.add(methods.returning());
    all.add(methods.into(ARRAY, "output", "The same; the first output goes to {@code output}.\n"));
    all.add(
        methods.into(
            ARRAYS, "outputs", "The same; all outputs go to {@code outputs}, in their order.\n"));
    if (network.inputs().stream().anyMatch(input -> input.preprocess().isPresent())) {
      all.add(methods.classifying());
    }
    return all;
  }

  private MethodSpec returning() {
    return method("run")
        .returns(ARRAY)
        .addJavadoc(
            "Runs the network. Values have the order channels, rows, columns; the result is the"
                + " first\noutput.\n")
        .addParameters(parameters())
        .addStatement("float[] output = new float[SIGNATURE.outputs().getFirst().view().size()]")
        .addStatement("run($L, output)", String.join(", ", names))
        .addStatement("return output")
        .build();
  }

  private MethodSpec into(TypeName type, String result, String says) {
    MethodSpec.Builder method =
        method("run").addJavadoc("$L", says).addParameters(parameters()).addParameter(type, result);
    method.addStatement("begin()").beginControlFlow("try");
    for (int i = 0; i < names.size(); i++) {
      method.addStatement("in($L, $N)", i, names.get(i));
    }
    method.addStatement("compute($N)", result).nextControlFlow("finally").addStatement("end()");
    return method.endControlFlow().build();
  }

  /** Pictures where the file has a preprocess clause, numbers elsewhere. */
  private MethodSpec classifying() {
    MethodSpec.Builder method =
        method("classify")
            .returns(ParameterizedTypeName.get(List.class, Prediction.class))
            .addJavadoc(
                "Applies the preprocess clauses of the file to pictures, runs, and sorts the"
                    + " classes of the\nfirst output by probability.\n");
    List<CodeBlock> values = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Network.Input input = network.inputs().get(i);
      boolean picture = input.preprocess().isPresent();
      method.addParameter(picture ? TypeName.get(Picture.class) : ARRAY, names.get(i));
      values.add(
          picture
              ? CodeBlock.of(
                  "new $T(SIGNATURE, $S).input($N)", Preprocessor.class, input.name(), names.get(i))
              : CodeBlock.of("$N", names.get(i)));
    }
    return method
        .addStatement(
            "return $T.of(run($L), labels())", Prediction.class, CodeBlock.join(values, ",$W"))
        .build();
  }

  private static MethodSpec.Builder method(String name) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC);
  }

  private List<ParameterSpec> parameters() {
    return names.stream().map(name -> ParameterSpec.builder(ARRAY, name).build()).toList();
  }
}
