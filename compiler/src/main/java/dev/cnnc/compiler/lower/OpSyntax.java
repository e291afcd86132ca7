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
    return Syntax.call(syntax.fill(op, inputs, bias), syntax.arguments);
  }

  private String fill(Op op, List<Ast.Expression> inputs, boolean bias) {
    return switch (op) {
      case Op.Input() -> throw new IllegalArgumentException("an input is no layer");
      case Op.Learned(var tensor) -> {
        arguments.add(
            Syntax.list(tensor.shape().stream().map(side -> Syntax.number((long) side)).toList()));
        yield "tensor";
      }
      case Op.Conv conv when conv.isFc() -> {
        arguments.add(Syntax.number((long) conv.filters()));
        weighted(conv, inputs, bias);
        yield "fc";
      }
      case Op.Conv conv -> {
        arguments.add(Syntax.number((long) conv.filters()));
        arguments.add(Syntax.size(conv.window().height(), conv.window().width()));
        slide(conv.window(), 1, 1);
        count("groups", conv.groups(), 1);
        weighted(conv, inputs, bias);
        yield "conv";
      }
      case Op.Fc fc -> {
        arguments.add(Syntax.number((long) fc.outputs()));
        flag("flatten", !flat, false);
        weighted(fc, inputs, bias);
        yield "fc";
      }
      case Op.BatchNorm norm -> {
        real("eps", norm.epsilon(), 1e-5);
        yield "bn";
      }
      case Op.LayerNorm norm -> {
        real("eps", norm.epsilon(), 1e-6);
        yield "layernorm";
      }
      case Op.Scale scale -> {
        scale.constant().ifPresent(factor -> arguments.add(Syntax.number(factor)));
        ending(scale.function());
        yield "scale";
      }
      case Op.Activate(Activation function) -> activation(function);
      case Op.Prelu(var slope) -> {
        flag("per_channel", slope.shape().getFirst() > 1, false);
        yield "prelu";
      }
      case Op.Pool pool -> {
        Window window = pool.window();
        arguments.add(Syntax.size(window.height(), window.width()));
        slide(window, window.height(), window.width());
        flag("ceil", pool.ceil(), false);
        if (pool.reduction() == Op.Reduction.AVERAGE) {
          flag("count_pad", pool.countPadding(), true);
        }
        yield pool.reduction() == Op.Reduction.MAX ? "maxpool" : "avgpool";
      }
      case Op.GlobalPool(Op.Reduction reduction) -> reduction == Op.Reduction.MAX ? "gmp" : "gap";
      case Op.Add() -> join("add", inputs);
      case Op.Multiply() -> join("mul", inputs);
      case Op.Mean() -> join("mean", inputs);
      case Op.Concat() -> join("concat", inputs);
      case Op.Slice(int from, int to) -> {
        arguments.add(Syntax.number((long) from));
        arguments.add(Syntax.number((long) to));
        yield "slice";
      }
      case Op.Shuffle(int groups) -> {
        arguments.add(Syntax.number((long) groups));
        yield "shuffle";
      }
      case Op.Crop crop -> {
        arguments.add(Syntax.size(crop.height(), crop.width()));
        count("top", crop.top(), 0);
        count("left", crop.left(), 0);
        yield "crop";
      }
      case Op.Tokens() -> join("tokens", inputs);
      case Op.Attention(int heads) -> {
        arguments.add(Syntax.number((long) heads));
        yield "attend";
      }
      case Op.Flatten() -> "flatten";
      case Op.Softmax(boolean logarithm) -> logarithm ? "log_softmax" : "softmax";
      case Op.LocalResponseNorm(int size, double alpha, double beta, double k) -> {
        count("size", size, 5);
        real("alpha", alpha, 1e-4);
        real("beta", beta, 0.75);
        real("k", k, 1);
        yield "lrn";
      }
      case Op.Dropout() -> "dropout";
      case Op.Pad(int before, int after, Padding pixels) -> {
        padding("pixels", pixels);
        if (before > 0 || after > 0) {
          named("channels", Syntax.list(before, after));
        }
        yield "zeropad";
      }
      case Op.Upsample(int height, int width) -> {
        arguments.add(Syntax.size(height, width));
        yield "upsample";
      }
      case Computation computation -> {
        new FamilySyntax(this).computed(computation, inputs);
        yield computation.word();
      }
      case Rearrangement rearrangement -> {
        new FamilySyntax(this).rearranged(rearrangement);
        yield rearrangement.word();
      }
    };
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
      named("activation", Syntax.call(inner.activation(activation), inner.arguments));
    }
  }

  /** One that does nothing has no layer: dropout does nothing either, and keeps its name. */
  private String activation(Activation function) {
    return switch (function) {
      case Activation.Identity() -> "dropout";
      case Activation.Relu() -> "relu";
      case Activation.Relu6() -> "relu6";
      case Activation.LeakyRelu(double slope) -> {
        real("slope", slope, 0.01);
        yield "leaky_relu";
      }
      case Activation.Sigmoid() -> "sigmoid";
      case Activation.Tanh() -> "tanh";
      case Activation.Silu() -> "silu";
      case Activation.Hardswish() -> "hardswish";
      case Activation.Hardsigmoid(double alpha, double beta) -> {
        real("alpha", alpha, 1.0 / 6);
        real("beta", beta, 0.5);
        yield "hardsigmoid";
      }
      case Activation.Gelu() -> "gelu";
      case Activation.Elu(double alpha) -> {
        real("alpha", alpha, 1);
        yield "elu";
      }
      case Activation.Clip(double least, double most) -> {
        if (Double.isFinite(least) && Double.isFinite(most)) {
          arguments.add(Syntax.number(least));
          arguments.add(Syntax.number(most));
        } else {
          real("min", least, Double.NEGATIVE_INFINITY);
          real("max", most, Double.POSITIVE_INFINITY);
        }
        yield "clip";
      }
      case Activation.Selu(double alpha, double gamma) -> {
        real("alpha", alpha, FunctionLayers.SELU_ALPHA);
        real("gamma", gamma, FunctionLayers.SELU_GAMMA);
        yield "selu";
      }
      case Activation.Celu(double alpha) -> {
        real("alpha", alpha, 1);
        yield "celu";
      }
      case Activation.ThresholdedRelu(double alpha) -> {
        real("alpha", alpha, 1);
        yield "thresholded_relu";
      }
      case Activation.Swish(double alpha) -> {
        real("alpha", alpha, 1);
        yield "swish";
      }
      case Activation.Linear(double factor, double shift) -> {
        arguments.add(Syntax.number(factor));
        real("shift", shift, Double.NaN);
        yield "scale";
      }
      case Activation.Power(double exponent) -> {
        arguments.add(Syntax.number(exponent));
        yield "power";
      }
      case Activation.Elementary elementary -> {
        if (elementary == Activation.Elementary.GELU_TANH) {
          named("approximate", Syntax.word("tanh"));
          yield "gelu";
        }
        yield elementary.word();
      }
    };
  }

  private String join(String word, List<Ast.Expression> inputs) {
    arguments.addAll(inputs);
    return word;
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
