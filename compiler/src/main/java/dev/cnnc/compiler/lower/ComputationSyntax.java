package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Axes;
import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.dsl.Ast;
import java.util.List;

/** The part of {@link OpSyntax} for {@link Computation}. */
record ComputationSyntax(OpSyntax to) {

  void fill(Computation op, List<Ast.Expression> inputs) {
    switch (op) {
      case Computation.Combine _, Computation.MatMul _, Computation.Sample _ ->
          inputs.forEach(to::plain);
      case Computation.Reduce(var _, Axes axes) ->
          to.plain(Syntax.list(axes.numbers().stream().mapToInt(Integer::intValue).toArray()));
      case Computation.ConvTranspose conv -> {
        to.plain(Syntax.number((long) conv.filters()));
        to.plain(Syntax.size(conv.window().height(), conv.window().width()));
        to.slide(conv.window(), 1, 1);
        to.pair("output_pad", conv.more().rows(), conv.more().columns(), 0, 0);
        to.count("groups", conv.groups(), 1);
        to.flag("bias", conv.bias().isPresent(), true);
      }
      case Computation.GroupNorm norm -> {
        to.plain(Syntax.number((long) norm.groups()));
        to.real("eps", norm.epsilon(), 1e-5);
        to.flag("affine", norm.isAffine(), true);
      }
    }
  }
}
