package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One block call and, through its caller, the chain of calls around it. What is wrong in a used
 * file wherever it is called has the {@code use} clauses in the place of calls.
 *
 * <p>Its text is computed on demand, because most calls of a large network never need it.
 */
final class Frame {

  /** Longest chain that is shown completely; longer ones are shown without their middle. */
  private static final int SHOWN = 8;

  private static final int OUTERMOST_SHOWN = 2;

  private static final int LONGEST_SCOPE = 60;

  static final Frame ROOT = new Frame();

  private final Optional<Frame> caller;
  private final Supplier<String> call;
  private final Supplier<String> at;
  private final String scope;
  private final int depth;
  private @Nullable String line;
  private @Nullable List<String> trail;

  private Frame() {
    this.caller = Optional.empty();
    this.call = () -> "";
    this.at = () -> "";
    this.scope = "";
    this.depth = 0;
  }

  private Frame(Frame caller, Supplier<String> call, Supplier<String> at, String scope) {
    this.caller = Optional.of(caller);
    this.call = call;
    this.at = at;
    this.scope = scope;
    this.depth = caller.depth + 1;
  }

  /** The frame of {@code call}, made in this one at {@code file:line:column}. */
  Frame call(Supplier<String> call, Supplier<String> at, String scope) {
    return new Frame(this, call, at, scope);
  }

  /** The frame of a file that this one uses, by the clause at {@code place}. */
  Frame used(Span place) {
    Frame frame = new Frame(this, () -> "", () -> "", "");
    frame.line = "used at " + place;
    return frame;
  }

  /** Number of calls around a place in this frame. */
  int depth() {
    return depth;
  }

  /** One line a call, innermost first. */
  List<String> trail() {
    List<String> lines = trail;
    if (lines == null) {
      lines = write();
      trail = lines;
    }
    return lines;
  }

  private List<String> write() {
    List<String> lines = new ArrayList<>();
    int left = depth;
    for (Frame frame = this; frame.caller.isPresent(); frame = frame.caller.get()) {
      if (depth <= SHOWN + OUTERMOST_SHOWN + 1 || depth - left < SHOWN || left <= OUTERMOST_SHOWN) {
        lines.add(frame.line());
      } else if (depth - left == SHOWN) {
        lines.add("... %s calls more ...".formatted(left - OUTERMOST_SHOWN));
      }
      left--;
    }
    return List.copyOf(lines);
  }

  /** A scope may be 256 calls deep. The end of its name is more useful than the beginning. */
  private static String brief(String name) {
    return name.length() <= LONGEST_SCOPE
        ? name
        : "..." + name.substring(name.indexOf('.', name.length() - LONGEST_SCOPE) + 1);
  }

  private String line() {
    String text = line;
    if (text == null) {
      text =
          "in "
              + call.get()
              + " called at "
              + at.get()
              + (scope.isEmpty() ? "" : ", as " + brief(scope));
      line = text;
    }
    return text;
  }
}
