package dev.cnnc.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.GeneralKernel;
import dev.cnnc.compiler.plan.Kernel;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The call that a layer method makes, for every kind of kernel. */
final class KernelCalls {
  private final Constants constants;

  KernelCalls(Constants constants) {
    this.constants = constants;
  }

  CodeBlock of(Step step) {
    String y = constants.view(step.write());
    return switch (step.kernel()) {
      case Kernel.Conv conv -> tiled(step, name(conv), conv.window(), conv.epilogue());
      case Kernel.GroupedConv(var window, int groups, int span, int band, var epilogue) ->
          tiled(
              step, ConvKernels.name(Tile.Use.GROUPED_CONV), window, epilogue, groups, span, band);
      case Kernel.GroupedStrips grouped when StripEnd.of(grouped).finished() ->
          call(
              GroupedStrips.name(grouped),
              read(step, 0),
              constants.window(grouped.window()),
              grouped.size() + ", " + grouped.band(),
              weight(step, 0),
              weight(step, 1),
              y,
              "from, to, worker");
      case Kernel.GroupedStrips grouped ->
          tiled(
              step,
              GroupedStrips.name(grouped),
              grouped.window(),
              grouped.epilogue(),
              grouped.size(),
              grouped.band());
      case Kernel.WinogradConv winograd ->
          tiled(
              step,
              WinogradKernels.name(winograd),
              winograd.window(),
              winograd.epilogue(),
              winograd.block(),
              winograd.byOutputs());
      case Kernel.StrassenConv(var window, var epilogue) ->
          tiled(step, StrassenKernels.NAME, window, epilogue);
      case Kernel.Depthwise(var window, boolean strips, var epilogue) ->
          call(
              strips ? DepthwiseStrips.name(window, epilogue) : DepthwiseKernel.name(epilogue),
              read(step, 0),
              constants.window(window),
              weight(step, 0),
              weight(step, 1),
              residual(step, epilogue),
              y,
              "from, to");
      case Kernel.Fc(var epilogue) ->
          tiled(step, ConvKernels.name(Tile.Use.FC), wholeInput(step), epilogue);
      case Kernel.FcOfHalves(Storage storage, var epilogue) ->
          tiled(step, FcOfHalvesKernel.name(storage), wholeInput(step), epilogue);
      case Kernel.Pool(Op.Reduction reduction, var window, boolean countPadding) ->
          reduction == Op.Reduction.MAX
              ? call("maxPool", read(step, 0), constants.window(window), y, "from, to")
              : call(
                  "averagePool",
                  read(step, 0),
                  constants.window(window),
                  Boolean.toString(countPadding),
                  y,
                  "from, to");
      case Kernel.StripConv conv ->
          tiled(step, StripConvKernel.name(conv), conv.window(), conv.epilogue());
      case Kernel.PlanarConv conv ->
          call(
              PlanarConvKernel.name(conv),
              read(step, 0),
              constants.window(conv.window()),
              Integer.toString(conv.band()),
              weight(step, 0),
              weight(step, 1),
              y,
              "from, to, worker");
      case Kernel.PlanarPool pool ->
          call(
              PlanarPoolKernel.name(pool),
              read(step, 0),
              constants.window(pool.window()),
              y,
              "from, to");
      case Kernel.Pointwise(var function) ->
          call(PointwiseKernels.name(function), read(step, 0), y, "from, to");
      case Kernel.LayerNorm(double epsilon) ->
          call(
              "layerNorm",
              read(step, 0),
              weight(step, 0),
              weight(step, 1),
              (float) epsilon + "f",
              y,
              "from, to, worker");
      case Kernel.ScaledConv(var window, var function, var epilogue) -> {
        List<String> arguments = arguments(step, window, epilogue);
        arguments.add(weight(step, 2));
        arguments.add(weight(step, 3));
        yield call(ScaledConvKernel.name(function), arguments);
      }
      case Kernel.GatedConv(var window, var epilogue) -> {
        List<String> arguments = arguments(step, window, epilogue);
        arguments.add(read(step, step.reads().size() - 1));
        yield call(ScaledConvKernel.GATED, arguments);
      }
      case Kernel.Scale(var function) ->
          call(
              FunctionKernels.after("scale", function),
              read(step, 0),
              weight(step, 0),
              weight(step, 1),
              y,
              "from, to");
      case Kernel.Prelu() -> call("prelu", read(step, 0), weight(step, 0), y, "from, to");
      case Kernel.Add(double factor) ->
          call("add", read(step, 0), read(step, 1), (float) factor + "f", y, "from, to");
      case Kernel.Multiply() -> call("multiply", read(step, 0), read(step, 1), y, "from, to");
      case Kernel.Copy(int channel, int row, int column) ->
          call("copy", read(step, 0), y, "%s, %s, %s".formatted(channel, row, column), "from, to");
      case Kernel.Tokens(int first) ->
          call("tokens", read(step, 0), y, Integer.toString(first), "from, to");
      case Kernel.Crop(int top, int left) ->
          call("crop", read(step, 0), y, "%s, %s".formatted(top, left), "from, to");
      case Kernel.Shuffle(int groups) ->
          call(MovementKernels.shuffleName(groups), read(step, 0), y, "from, to");
      case Kernel.Attention(int heads) ->
          call("attend", read(step, 0), y, Integer.toString(heads), "from, to, worker");
      case Kernel.Upsample(int height, int width) ->
          call("upsample", read(step, 0), y, "%s, %s".formatted(height, width), "from, to");
      case Kernel.Flatten() -> call("flatten", read(step, 0), y);
      case Kernel.Softmax(boolean logarithm) ->
          call(ChannelKernels.softmaxName(logarithm), read(step, 0), y, "from, to, worker");
      case Kernel.LocalResponseNorm(int size, double alpha, double beta, double k) ->
          call(
              "localResponseNorm",
              read(step, 0),
              y,
              "%s, %sf, %sf, %sf".formatted(size, (float) alpha, (float) beta, (float) k),
              "from, to");
      case GeneralKernel general -> new GeneralCalls(constants).of(general, step);
      case Kernel.Learned() -> call("learned", weight(step, 0), y, "from, to");
      case Kernel.Clear() -> call("clear", y, "from, to");
      case Kernel.ClearHalo(Padding halo) ->
          call(
              "clearHalo",
              y,
              "%s, %s, %s, %s".formatted(halo.top(), halo.left(), halo.bottom(), halo.right()));
    };
  }

  private static String name(Kernel.Conv conv) {
    return switch (conv.reading()) {
      case LISTED -> FewChannelsKernel.NAME;
      case RUNS, STREAMED -> ConvKernels.name(conv.reading().use());
    };
  }

  private CodeBlock tiled(
      Step step, String kernel, Window window, Epilogue epilogue, Object... sizes) {
    return call(kernel, arguments(step, window, epilogue, sizes));
  }

  /** Of a kernel of tiles of sums: what it reads, its sizes, its weights, and what finishes it. */
  private List<String> arguments(Step step, Window window, Epilogue epilogue, Object... sizes) {
    List<String> arguments = new ArrayList<>(List.of(read(step, 0), constants.window(window)));
    Arrays.stream(sizes).map(String::valueOf).forEach(arguments::add);
    arguments.addAll(
        List.of(
            weight(step, 0),
            weight(step, 1),
            residual(step, epilogue),
            constants.view(step.write()),
            "Finish." + TileFinish.constant(epilogue),
            "from, to, worker"));
    return arguments;
  }

  private static CodeBlock call(String kernel, List<String> arguments) {
    return call(kernel, arguments.toArray(String[]::new));
  }

  private static Window wholeInput(Step step) {
    View x = step.reads().getFirst();
    return Window.of(x.height(), x.width());
  }

  static CodeBlock call(String kernel, String... arguments) {
    CodeBlock.Builder call = CodeBlock.builder().add("kernels.$L(", kernel);
    List<String> list = List.of(String.join(", ", arguments).split(", ", -1));
    for (int i = 0; i < list.size(); i++) {
      call.add(i == 0 ? "$L" : ",$W$L", list.get(i));
    }
    return call.add(");\n").build();
  }

  private String read(Step step, int index) {
    return constants.view(step.reads().get(index));
  }

  /** Where there is none the output stands in, and is not read. */
  private String residual(Step step, Epilogue epilogue) {
    return epilogue.residual() ? read(step, 1) : constants.view(step.write());
  }

  private String weight(Step step, int index) {
    return constants.weight(step, index);
  }
}
