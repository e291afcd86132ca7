package dev.cnnc.compiler.onnx;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Arithmetic;
import dev.cnnc.compiler.ir.Trigonometry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An activation's formula, operator by operator. What the formula uses twice is computed once.
 *
 * @param x the value that it is applied to
 * @param name of the last operator; the others' begin with it
 */
record FormulaExport(ModelDraft draft, String x, String name) {

  /** What an operator reads. */
  private sealed interface Term {
    record Argument() implements Term {}

    record Constant(double value) implements Term {}

    record Applied(String operator, List<Onnx.Attribute> attributes, List<Term> inputs)
        implements Term {}
  }

  /** Adds the operators, and gives the name of their result. */
  String add(Activation function) {
    return switch (function.of(new Term.Argument(), new Terms())) {
      case Term.Applied last -> node(name, last, new HashMap<>());
      case Term.Argument() -> x;
      case Term.Constant(double value) -> draft.constant(value);
    };
  }

  private String value(Term term, Map<Term, String> known) {
    return switch (term) {
      case Term.Argument() -> x;
      case Term.Constant(double value) -> draft.constant(value);
      case Term.Applied applied -> {
        String before = known.get(term);
        yield before != null ? before : node(name + "/" + applied.operator(), applied, known);
      }
    };
  }

  private String node(String called, Term.Applied term, Map<Term, String> known) {
    List<String> inputs = term.inputs().stream().map(input -> value(input, known)).toList();
    Onnx.Attribute[] attributes = term.attributes().toArray(Onnx.Attribute[]::new);
    String result = draft.node(called, term.operator(), inputs, attributes);
    known.put(term, result);
    return result;
  }

  private static final class Terms implements Arithmetic<Term> {
    private static Term of(String operator, Term... inputs) {
      return new Term.Applied(operator, List.of(), List.of(inputs));
    }

    @Override
    public Term constant(double value) {
      return new Term.Constant(value);
    }

    @Override
    public Term add(Term a, Term b) {
      return of("Add", a, b);
    }

    @Override
    public Term multiply(Term a, Term b) {
      return of("Mul", a, b);
    }

    @Override
    public Term divide(Term a, Term b) {
      return of("Div", a, b);
    }

    @Override
    public Term max(Term a, Term b) {
      return of("Max", a, b);
    }

    @Override
    public Term min(Term a, Term b) {
      return of("Min", a, b);
    }

    @Override
    public Term exp(Term x) {
      return of("Exp", x);
    }

    @Override
    public Term tanh(Term x) {
      return of("Tanh", x);
    }

    @Override
    public Term erf(Term x) {
      return of("Erf", x);
    }

    @Override
    public Term abs(Term x) {
      return of("Abs", x);
    }

    @Override
    public Term sqrt(Term x) {
      return of("Sqrt", x);
    }

    @Override
    public Term log(Term x) {
      return of("Log", x);
    }

    @Override
    public Term trigonometry(Trigonometry function, Term x) {
      return of(function.operator(), x);
    }

    /** ONNX has none that is exact for small x. */
    @Override
    public Term logOfOnePlus(Term x) {
      return log(add(x, constant(1)));
    }

    @Override
    public Term power(Term x, double exponent) {
      return of("Pow", x, constant(exponent));
    }

    @Override
    public Term round(Term x) {
      return of("Round", x);
    }

    @Override
    public Term steps(Term x, double scale, double least, double most) {
      return min(max(round(divide(x, constant(scale))), constant(least)), constant(most));
    }

    @Override
    public Term above(Term x, double bound) {
      Onnx.Attribute alpha = new Onnx.Attribute.Real("alpha", (float) bound);
      return new Term.Applied("ThresholdedRelu", List.of(alpha), List.of(x));
    }
  }
}
