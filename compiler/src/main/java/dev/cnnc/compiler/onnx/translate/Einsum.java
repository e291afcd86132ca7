package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Imports Einsum of one tensor or two, whose dimensions have letters: sums, transposes, and
 * products of matrices, of which there is one for each letter that all three have.
 *
 * @param view without the dimensions that only it has, and that are summed up
 * @param letters of its dimensions
 */
record Einsum(View view, List<Integer> letters) {

  static Map<String, Translator> all() {
    return Map.of("Einsum", Translator.of(Einsum::translate));
  }

  private static View translate(Call call) throws Refusal {
    String equation = call.text("equation", "").replace(" ", "");
    List<String> sides = List.of(equation.split("->", -1));
    List<String> terms = List.of(sides.getFirst().split(",", -1));
    if (equation.contains(".") || sides.size() > 2) {
      throw new Refusal("has the equation " + equation, "give each dimension a letter");
    }
    if (terms.size() > 2 || terms.size() != call.inputs().size()) {
      throw new Refusal(
          "multiplies %s tensors".formatted(call.inputs().size()), "write an Einsum for each two");
    }
    String output = sides.size() == 2 ? sides.getLast() : single(sides.getFirst());
    Einsum left = of(call, 0, terms.getFirst(), output + (terms.size() == 2 ? terms.get(1) : ""));
    if (terms.size() == 1) {
      return left.inOrder(output);
    }
    return left.times(call, of(call, 1, terms.get(1), output + terms.get(0)), output);
  }

  /** Without an arrow: the letters that stand there once, by the alphabet. */
  private static String single(String terms) {
    Map<Integer, Integer> counts = new TreeMap<>();
    terms.chars().filter(Character::isLetter).forEach(c -> counts.merge(c, 1, Integer::sum));
    StringBuilder once = new StringBuilder();
    counts.forEach(
        (letter, count) -> {
          if (count == 1) {
            once.appendCodePoint(letter);
          }
        });
    return once.toString();
  }

  private static Einsum of(Call call, int input, String term, String kept) throws Refusal {
    View view = call.view(input);
    List<Integer> letters = term.chars().boxed().toList();
    if (letters.size() != view.rank() || !letters.stream().allMatch(Character::isLetter)) {
      throw new Refusal(
          "names the dimensions %s of %s".formatted(term, view.sizes()), "one letter for each");
    }
    if (letters.stream().distinct().count() != letters.size()) {
      throw new Refusal("takes a diagonal, " + term, "take it with Gather or a mask");
    }
    List<Integer> axes = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < letters.size(); i++) {
      if (kept.indexOf(letters.get(i)) < 0) {
        axes.add(i);
      } else {
        left.add(letters.get(i));
        sizes.add(view.size(i));
      }
    }
    if (axes.isEmpty()) {
      return new Einsum(view, letters);
    }
    View summed = ReduceOperators.along(call, view, axes, Reducer.SUM);
    return new Einsum(call.layouts().reshaped(summed, sizes, call.name()), left);
  }

  private View inOrder(String output) throws Refusal {
    List<Integer> order = new ArrayList<>();
    for (int letter : output.chars().toArray()) {
      order.add(letters.indexOf(letter));
    }
    if (order.contains(-1) || order.stream().distinct().count() != letters.size()) {
      throw new Refusal(
          "gives the dimensions " + output, "each is one of the inputs, and stands there once");
    }
    return view.transposed(order);
  }

  private int size(int letter) {
    return view.size(letters.indexOf(letter));
  }

  private View times(Call call, Einsum other, String output) throws Refusal {
    List<Integer> both = letters.stream().filter(other.letters::contains).toList();
    List<Integer> batch = both.stream().filter(letter -> output.indexOf(letter) >= 0).toList();
    List<Integer> inner = both.stream().filter(letter -> output.indexOf(letter) < 0).toList();
    List<Integer> rows = letters.stream().filter(letter -> !both.contains(letter)).toList();
    List<Integer> columns = other.letters.stream().filter(it -> !both.contains(it)).toList();
    for (int letter : both) {
      if (size(letter) != other.size(letter)) {
        throw new Refusal(
            "multiplies sizes %s and %s".formatted(size(letter), other.size(letter)),
            "equal letters are equal sizes");
      }
    }
    List<Integer> made = joined(joined(batch, rows), columns);
    View product =
        inner.isEmpty()
            ? new Joins(call)
                .combine(
                    Operator.MUL,
                    spread(call, joined(batch, rows), made),
                    other.spread(call, joined(batch, columns), made),
                    call.name())
            : matrices(call, other, batch, List.of(rows, inner, columns));
    return new Einsum(product, made).inOrder(output);
  }

  /** With a dimension of size 1 for each letter that it lacks. */
  private View spread(Call call, List<Integer> order, List<Integer> made) throws Refusal {
    List<Integer> sizes =
        made.stream().map(letter -> letters.contains(letter) ? size(letter) : 1).toList();
    View turned = view.transposed(order.stream().map(letters::indexOf).toList());
    return call.layouts().reshaped(turned, sizes, call.name());
  }

  private View matrices(
      Call call, Einsum other, List<Integer> batch, List<List<Integer>> rowsInnerColumns)
      throws Refusal {
    List<Integer> rows = rowsInnerColumns.get(0);
    List<Integer> inner = rowsInnerColumns.get(1);
    List<Integer> columns = rowsInnerColumns.get(2);
    int left = matrix(call, ".left", batch, rows, inner);
    int right = other.matrix(call, ".right", batch, inner, columns);
    int node = call.draft().add(call.name(), new Computation.MatMul(), left, right);
    List<Integer> sizes = new ArrayList<>();
    joined(batch, rows).forEach(letter -> sizes.add(size(letter)));
    columns.forEach(letter -> sizes.add(other.size(letter)));
    return View.of(node, arrangement(batch.size(), rows.size(), columns.size()), sizes);
  }

  /** The node with these dimensions as its channels, rows and columns. */
  private int matrix(
      Call call, String end, List<Integer> batch, List<Integer> rows, List<Integer> columns)
      throws Refusal {
    List<Integer> order = joined(joined(batch, rows), columns);
    View turned = view.transposed(order.stream().map(letters::indexOf).toList());
    Arrangement wanted = arrangement(batch.size(), rows.size(), columns.size());
    return call.layouts().arranged(turned, wanted, call.name() + end).node();
  }

  private static Arrangement arrangement(int batch, int rows, int columns) {
    return new Arrangement(
        count(0, batch), count(batch, batch + rows), count(batch + rows, batch + rows + columns));
  }

  private static List<Integer> count(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static List<Integer> joined(List<Integer> first, List<Integer> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
