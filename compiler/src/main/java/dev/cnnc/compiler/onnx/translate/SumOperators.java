package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports convs and products with weights. */
final class SumOperators {

  private SumOperators() {}

  static Map<String, Translator> all() {
    return Map.of(
        "Conv", Translator.of(SumOperators::conv),
        "ConvTranspose", Translator.of(TransposedConv::translate),
        "Gemm", Translator.of(SumOperators::gemm),
        "MatMul", Translator.of(SumOperators::product));
  }

  static View conv(Call call) throws Refusal {
    View x = picture(call);
    Constant weight = call.known(1, "weight");
    Optional<Constant> bias = call.has(2) ? Optional.of(call.known(2, "bias")) : Optional.empty();
    if (weight.rank() != x.rank()) {
      throw new Refusal("has a weight of " + weight.rank() + " axes", "export the model again");
    }
    List<Integer> kernel =
        call.wholes("kernel_shape").orElse(weight.sizes().subList(2, weight.rank()));
    Window window = Windows.of(call, kernel, Windows.pixels(x));
    int groups = Math.toIntExact(call.whole("group", 1));
    int filters = weight.sizes().getFirst();
    List<Integer> shape = List.of(filters, weight.sizes().get(1), window.height(), window.width());
    PaddedInput padded = PaddedInput.of(call.draft(), x.node(), window);
    LayerPlan plan =
        tensors ->
            new Op.Conv(
                filters,
                padded.window(),
                groups,
                tensors.keep(".weight", shape, weight),
                bias.map(it -> tensors.keep(".bias", List.of(filters), it)),
                Epilogue.NONE);
    int node = call.draft().add(LayerName.of(call.node(), weight.name()), plan, padded.node());
    return ofPicture(call, node, x.rank());
  }

  /** The first input as one picture: channels, then rows, then columns. */
  static View picture(Call call) throws Refusal {
    View x = call.view(0);
    if (x.rank() < 3) {
      throw new Refusal("has an input of shape " + x.sizes(), "give it a picture");
    }
    if (x.size(0) != 1) {
      throw new Refusal(
          "has a batch of " + x.size(0) + ": networks here take one picture at a time",
          Refusal.ONE_PICTURE);
    }
    return call.layouts().arranged(x, Arrangement.picture(x.rank()), call.name());
  }

  static View ofPicture(Call call, int node, int rank) {
    Shape shape = call.draft().shape(node);
    List<Integer> sizes = new ArrayList<>(List.of(1, shape.channels()));
    if (rank == 4) {
      sizes.add(shape.height());
    }
    sizes.add(shape.width());
    return View.of(node, Arrangement.picture(rank), sizes);
  }

  private static View gemm(Call call) throws Refusal {
    View a = call.view(0);
    if (call.flag("transA")) {
      a = a.transposed(List.of(1, 0));
    }
    if (call.isComputed(1)) {
      return withMatrix(call, Matrices.scaledProduct(call, a));
    }
    Constant b = call.known(1, "weight");
    Constant weight =
        (call.flag("transB") ? b : b.transposed(List.of(1, 0))).times(call.real("alpha", 1));
    View sum = fullyConnected(call, a, weight, LayerName.of(call.node(), b.name()), bias(call));
    return bias(call).isPresent() ? sum : withMatrix(call, sum);
  }

  private static View withMatrix(Call call, View sum) throws Refusal {
    if (!call.has(2)) {
      return sum;
    }
    double beta = call.real("beta", 1);
    Optional<Constant> matrix = call.constant(2);
    View added =
        matrix.isPresent()
            ? call.learned(matrix.get().times(beta))
            : ArithmeticOperators.scaled(call, call.view(2), beta);
    return new Joins(call).add(sum, added, call.name());
  }

  /** The bias, which has one number for each output. */
  private static Optional<Constant> bias(Call call) throws Refusal {
    Optional<Constant> given = call.constant(2);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    int outputs = call.known(1, "weight").sizes().get(call.flag("transB") ? 0 : 1);
    Constant bias = given.get().times(call.real("beta", 1));
    boolean row = bias.rank() < 2 || bias.sizes().getFirst() == 1;
    return row
        ? Optional.of(bias.expanded(Broadcast.of(bias.sizes(), List.of(outputs))))
        : Optional.empty();
  }

  static View product(Call call) throws Refusal {
    Optional<Constant> right = call.constant(1);
    if (right.isPresent() && right.get().rank() <= 2 && call.isComputed(0)) {
      return weighted(call, right.get());
    }
    View a = call.view(0);
    View b = call.view(1);
    View left = a.rank() > 1 ? a : Broadcast.ofRank(a, 2);
    View other = b.rank() > 1 ? b : Broadcast.ofRank(b, 2).transposed(List.of(1, 0));
    View product = Matrices.product(call, left, other);
    List<Integer> sizes = new ArrayList<>(product.sizes());
    if (b.rank() == 1) {
      sizes.removeLast();
    }
    if (a.rank() == 1) {
      int row = sizes.size() - (b.rank() == 1 ? 1 : 2);
      sizes.subList(row, row + 1).clear();
    }
    return call.layouts().reshaped(product, sizes, call.name());
  }

  private static View weighted(Call call, Constant right) throws Refusal {
    Constant weight = right.rank() == 2 ? right.transposed(List.of(1, 0)) : right.ofRank(2);
    String name = LayerName.of(call.node(), right.name());
    View product = fullyConnected(call, call.view(0), weight, name, Optional.empty());
    return right.rank() == 2
        ? product
        : call.layouts()
            .reshaped(product, product.sizes().subList(0, product.rank() - 1), call.name());
  }

  /** A product over the last dimension, for every index of the others. */
  private static View fullyConnected(
      Call call, View x, Constant weight, String name, Optional<Constant> bias) throws Refusal {
    int last = x.rank() - 1;
    Shape shape = call.draft().shape(x.node());
    View ready =
        x.isWhole(last, Axis.CHANNEL, shape)
            ? x
            : call.layouts()
                .arranged(x, Arrangement.pixels(x.rank(), List.of(last)), call.name() + ".flatten");
    LayerPlan plan = plan(call.draft().shape(ready.node()), weight, bias);
    int node = call.draft().add(name, plan, ready.node());
    return otherChannels(ready, node, call.draft().shape(node).channels());
  }

  /** The view with other channels in its last dimension. */
  private static View otherChannels(View view, int node, int channels) {
    List<List<Factor>> dimensions = new ArrayList<>(view.dimensions());
    dimensions.set(
        dimensions.size() - 1, Factor.merged(List.of(new Factor(Axis.CHANNEL, channels, 1))));
    return new View(node, dimensions);
  }

  private static LayerPlan plan(Shape in, Constant weight, Optional<Constant> bias) {
    int outputs = weight.sizes().getFirst();
    return tensors -> {
      var kept = tensors.keep(".weight", weight.sizes(), weight);
      var keptBias = bias.map(it -> tensors.keep(".bias", List.of(outputs), it));
      return in.isVector()
          ? new Op.Fc(outputs, kept, keptBias, Epilogue.NONE)
          : new Op.Conv(outputs, Window.of(1, 1), 1, kept, keptBias, Epilogue.NONE);
    };
  }

  /** Adds a bias to a conv or fc without one; false if the node is not one. */
  static boolean addBias(ImportDraft draft, int node, Constant bias) throws Refusal {
    if (!(draft.op(node) instanceof Op.Weighted sum) || sum.bias().isPresent()) {
      return false;
    }
    LayerPlan without = draft.plan(node);
    List<Integer> shape = List.of(draft.shape(node).channels());
    draft.replace(
        node,
        tensors -> {
          Op.Weighted op = (Op.Weighted) without.op(tensors);
          return op.with(op.weight(), tensors.keep(".bias", shape, bias));
        });
    return true;
  }
}
