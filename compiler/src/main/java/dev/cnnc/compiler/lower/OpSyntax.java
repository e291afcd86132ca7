package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Description;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operations as calls: the inverse of the layer table. */
final class OpSyntax {

  private static final LayerTable LAYERS = LayerTable.standard();

  private final List<Ast.Expression> arguments = new ArrayList<>();

  private final boolean flat;

  private OpSyntax(boolean flat) {
    this.flat = flat;
  }

  /**
   * The call that lowers to {@code op}.
   *
   * @param inputs the values that it reads; a layer omits the first, which is its input
   * @param bias whether the layer has a bias by default
   * @param flat whether the first input has one pixel
   */
  static Ast.Call call(Op op, List<Ast.Expression> inputs, boolean bias, boolean flat) {
    OpSyntax syntax = new OpSyntax(flat);
    syntax.fill(op, inputs, bias);
    return Syntax.call(word(op), syntax.arguments);
  }

  /** Some activations are a case of a layer that has another name. */
  private static String word(Op op) {
    return op instanceof Op.Activate(Activation function)
        ? function.description().layer()
        : op.word();
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
      named("activation", Syntax.call(activation.description().layer(), inner.arguments));
    }
  }

  private void activation(Activation function) {
    Description description = function.description();
    Layer layer =
        LAYERS
            .find(description.layer())
            .orElseThrow(
                () -> new IllegalStateException("LayerTable has no " + description.layer()));
    for (Description.Argument argument : description.arguments()) {
      Ast.Expression value = Syntax.number(argument.value());
      if (argument.byPlace()) {
        plain(value);
      } else if (!layer.usual(argument.name()).equals(Optional.of(Datum.of(argument.value())))) {
        named(argument.name(), value);
      }
    }
    if (function == Activation.Elementary.GELU_TANH) {
      named("approximate", Syntax.word("tanh"));
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
