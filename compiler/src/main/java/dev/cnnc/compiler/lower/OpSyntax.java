package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.List;

/** Operations as calls: the inverse of the layer table. */
final class OpSyntax {

  private final List<Ast.Expression> arguments = new ArrayList<>();

  private final boolean flat;

  private OpSyntax(boolean flat) {
    this.flat = flat;
  }

  /**
   * The call that lowers to {@code op}.
   *
   * @param inputs the values it reads; a layer leaves out the first, which flows in
   * @param bias whether it would have a bias if it said nothing
   * @param flat whether its first input has one pixel
   */
  static Ast.Call call(Op op, List<Ast.Expression> inputs, boolean bias, boolean flat) {
    OpSyntax syntax = new OpSyntax(flat);
    syntax.fill(op, inputs, bias);
    return Syntax.call(word(op), syntax.arguments);
  }

  /** Some activations are a case of a layer that has another name. */
  private static String word(Op op) {
    return op instanceof Op.Activate(Activation function) ? layer(function) : op.word();
  }

  private void fill(Op op, List<Ast.Expression> inputs, boolean bias) {
    switch (op) {
      case Op.Input() -> throw new IllegalArgumentException("an input is no layer");
      case Op.Learned(var tensor) ->
          arguments.add(
              Syntax.list(
                  tensor.shape().stream().map(side -> Syntax.number((long) side)).toList()));
      case Op.Conv conv when conv.isFc() -> {
        arguments.add(Syntax.number((long) conv.filters()));
        weighted(conv, inputs, bias);
      }
      case Op.Conv conv -> {
        arguments.add(Syntax.number((long) conv.filters()));
        arguments.add(Syntax.size(conv.window().height(), conv.window().width()));
        slide(conv.window(), 1, 1);
        count("groups", conv.groups(), 1);
        weighted(conv, inputs, bias);
      }
      case Op.Fc fc -> {
        arguments.add(Syntax.number((long) fc.outputs()));
        flag("flatten", !flat, false);
        weighted(fc, inputs, bias);
      }
      case Op.BatchNorm norm -> real("eps", norm.epsilon(), 1e-5);
      case Op.LayerNorm norm -> real("eps", norm.epsilon(), 1e-6);
      case Op.Scale scale -> {
        scale.constant().ifPresent(factor -> arguments.add(Syntax.number(factor)));
        ending(scale.function());
      }
      case Op.Activate(Activation function) -> activation(function);
      case Op.Prelu(var slope) -> flag("per_channel", slope.shape().getFirst() > 1, false);
      case Op.Pool pool -> {
        Window window = pool.window();
        arguments.add(Syntax.size(window.height(), window.width()));
        slide(window, window.height(), window.width());
        flag("ceil", pool.ceil(), false);
        if (pool.reduction() == Op.Reduction.AVERAGE) {
          flag("count_pad", pool.countPadding(), true);
        }
      }
      case Op.ManyInputs _ -> arguments.addAll(inputs);
      case Op.Slice(int from, int to) -> {
        arguments.add(Syntax.number((long) from));
        arguments.add(Syntax.number((long) to));
      }
      case Op.Shuffle(int groups) -> arguments.add(Syntax.number((long) groups));
      case Op.Crop crop -> {
        arguments.add(Syntax.size(crop.height(), crop.width()));
        count("top", crop.top(), 0);
        count("left", crop.left(), 0);
      }
      case Op.Attention(int heads) -> arguments.add(Syntax.number((long) heads));
      case Op.GlobalPool _, Op.Flatten _, Op.Softmax _, Op.Dropout _ -> {} // the word says it all
      case Op.LocalResponseNorm(int size, double alpha, double beta, double k) -> {
        count("size", size, 5);
        real("alpha", alpha, 1e-4);
        real("beta", beta, 0.75);
        real("k", k, 1);
      }
      case Op.Pad(int before, int after, Padding pixels) -> {
        padding("pixels", pixels);
        if (before > 0 || after > 0) {
          named("channels", Syntax.list(before, after));
        }
      }
      case Op.Upsample(int height, int width) -> arguments.add(Syntax.size(height, width));
      case Computation computation -> new ComputationSyntax(this).fill(computation, inputs);
      case Rearrangement rearrangement -> new RearrangementSyntax(this).fill(rearrangement);
    }
  }

  private void weighted(Op.Weighted op, List<Ast.Expression> inputs, boolean bias) {
    flag("bias", op.bias().isPresent(), bias);
    Epilogue epilogue = op.epilogue();
    if (epilogue.residual()) {
      named("residual", inputs.getLast());
    }
    ending(epilogue.activation());
  }

  private void ending(Activation activation) {
    if (!(activation instanceof Activation.Identity)) {
      OpSyntax inner = new OpSyntax(flat);
      inner.activation(activation);
      named("activation", Syntax.call(layer(activation), inner.arguments));
    }
  }

  /** One that does nothing has no layer: dropout does nothing either, and keeps its name. */
  private static String layer(Activation function) {
    return switch (function) {
      case Activation.Identity() -> "dropout";
      case Activation.Linear _ -> "scale";
      case Activation.Elementary elementary when elementary == Activation.Elementary.GELU_TANH ->
          "gelu";
      case Activation other -> other.word();
    };
  }

  private void activation(Activation function) {
    switch (function) {
      case Activation.LeakyRelu(double slope) -> real("slope", slope, 0.01);
      case Activation.Hardsigmoid(double alpha, double beta) -> {
        real("alpha", alpha, 1.0 / 6);
        real("beta", beta, 0.5);
      }
      case Activation.Elu(double alpha) -> real("alpha", alpha, 1);
      case Activation.Clip(double least, double most) -> {
        if (Double.isFinite(least) && Double.isFinite(most)) {
          arguments.add(Syntax.number(least));
          arguments.add(Syntax.number(most));
        } else {
          real("min", least, Double.NEGATIVE_INFINITY);
          real("max", most, Double.POSITIVE_INFINITY);
        }
      }
      case Activation.Selu(double alpha, double gamma) -> {
        real("alpha", alpha, FunctionLayers.SELU_ALPHA);
        real("gamma", gamma, FunctionLayers.SELU_GAMMA);
      }
      case Activation.Celu(double alpha) -> real("alpha", alpha, 1);
      case Activation.ThresholdedRelu(double alpha) -> real("alpha", alpha, 1);
      case Activation.Swish(double alpha) -> real("alpha", alpha, 1);
      case Activation.Linear(double factor, double shift) -> {
        arguments.add(Syntax.number(factor));
        real("shift", shift, Double.NaN);
      }
      case Activation.Power(double exponent) -> arguments.add(Syntax.number(exponent));
      case Activation.Elementary elementary -> {
        if (elementary == Activation.Elementary.GELU_TANH) {
          named("approximate", Syntax.word("tanh"));
        }
      }
      case Activation.Identity _, Activation.Relu _, Activation.Relu6 _, Activation.Sigmoid _ -> {}
      case Activation.Tanh _, Activation.Silu _, Activation.Hardswish _, Activation.Gelu _ -> {}
    }
  }

  void slide(Window window, int strideHeight, int strideWidth) {
    pair("stride", window.strideHeight(), window.strideWidth(), strideHeight, strideWidth);
    padding("pad", window.padding());
    pair("dilation", window.dilationHeight(), window.dilationWidth(), 1, 1);
  }

  void padding(String name, Padding padding) {
    if (padding.top() != padding.bottom() || padding.left() != padding.right()) {
      named(name, Syntax.list(padding.top(), padding.left(), padding.bottom(), padding.right()));
    } else {
      pair(name, padding.top(), padding.left(), 0, 0);
    }
  }

  void pair(String name, int height, int width, int usualHeight, int usualWidth) {
    if (height != usualHeight || width != usualWidth) {
      named(name, height == width ? Syntax.number((long) height) : Syntax.size(height, width));
    }
  }

  void count(String name, int value, int usual) {
    if (value != usual) {
      named(name, Syntax.number((long) value));
    }
  }

  void real(String name, double value, double usual) {
    if (value != usual) {
      named(name, Syntax.number(value));
    }
  }

  void flag(String name, boolean value, boolean usual) {
    if (value != usual) {
      named(name, Syntax.word(Boolean.toString(value)));
    }
  }

  void plain(Ast.Expression value) {
    arguments.add(value);
  }

  void named(String name, Ast.Expression value) {
    arguments.add(Syntax.labelled(name, value));
  }
}
