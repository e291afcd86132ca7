package dev.cnnc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import dev.cnnc.compiler.emit.kernel.References;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Taps;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.compiler.plan.Step.Purpose;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/**
 * The constants of an emitted class: where values lie, what windows look like, where weights begin.
 *
 * <p>Many views go to nested classes: the initialiser of one class must stay small enough for
 * HotSpot to compile.
 */
final class Constants implements References {
  private static final ClassName VIEW = ClassName.get(View.class);
  private static final ClassName WINDOW = ClassName.get(dev.cnnc.runtime.Window.class);

  /** Views in one class: about 30 bytes of initialiser each. */
  private static final int VIEWS_IN_ONE_CLASS = 150;

  private final Names names;
  private final Map<View, FieldSpec> views = new LinkedHashMap<>();
  private final Map<View, String> references = new HashMap<>();
  private final Map<Window, FieldSpec> windows = new LinkedHashMap<>();
  private final Map<String, FieldSpec> weights = new LinkedHashMap<>();
  private final TapsText taps = new TapsText();

  Constants(Plan plan, Names names) {
    this.names = names;
    for (Node node : plan.network().graph().nodes()) {
      View view = plan.views().get(node.id());
      views.computeIfAbsent(view, _ -> field(names.constant(node), view));
    }
    for (Step step : plan.steps()) {
      if (step.purpose() == Purpose.SPACE_TO_DEPTH) {
        views.computeIfAbsent(
            step.write(), view -> field(names.constant(step.node(), "_SQUARES"), view));
      }
    }
    int index = 0;
    for (Map.Entry<View, FieldSpec> each : views.entrySet()) {
      String field = each.getValue().name();
      references.put(each.getKey(), isSplit() ? holder(index) + "." + field : field);
      index++;
    }
  }

  @Override
  public String view(View view) {
    return Objects.requireNonNull(
        references.get(view), "a step's view is a node's, or its squares'");
  }

  @Override
  public String window(Window window) {
    return windows.computeIfAbsent(window, this::field).name();
  }

  /** What the tensors of a step are, in its order. */
  private static final List<String> WEIGHTS = List.of("WEIGHTS", "BIAS", "FACTOR", "SHIFT");

  @Override
  public String weight(Step step, int index) {
    String name = names.constant(step.node(), "_" + WEIGHTS.get(index));
    weights.computeIfAbsent(
        name,
        _ ->
            FieldSpec.builder(int.class, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$L", grouped(step.weights().get(index)))
                .build());
    return name;
  }

  @Override
  public String taps(Step step, String what, Taps lines) {
    return taps.reference(names.constant(step.node(), "_" + what), lines);
  }

  /** Fields of the class itself, once all calls have been written. */
  List<FieldSpec> fields() {
    List<FieldSpec> fields = new ArrayList<>();
    if (!isSplit()) {
      fields.addAll(views.values());
    }
    fields.addAll(windows.values());
    fields.addAll(weights.values());
    return fields;
  }

  /** Nested classes for the views, if there are many, and for tables. */
  List<TypeSpec> holders() {
    List<TypeSpec> holders = new ArrayList<>();
    List<FieldSpec> all = List.copyOf(views.values());
    for (int from = 0; isSplit() && from < all.size(); from += VIEWS_IN_ONE_CLASS) {
      holders.add(
          TypeSpec.classBuilder(holder(from))
              .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
              .addJavadoc("Where values lie in the arena.\n")
              .addFields(all.subList(from, Math.min(from + VIEWS_IN_ONE_CLASS, all.size())))
              .build());
    }
    holders.addAll(taps.types());
    return holders;
  }

  private boolean isSplit() {
    return views.size() > VIEWS_IN_ONE_CLASS;
  }

  private static String holder(int index) {
    return "Memory" + index / VIEWS_IN_ONE_CLASS;
  }

  private static FieldSpec field(String name, View view) {
    CodeBlock.Builder made =
        CodeBlock.builder()
            .add(
                "new $T($L, $L, $L, $L, $L, $L",
                VIEW,
                grouped(view.offset()),
                view.channels(),
                view.height(),
                view.width(),
                view.pixel(),
                grouped(view.line()));
    if (view.plane() > 1) {
      made.add(", $L", grouped(view.plane()));
    }
    return FieldSpec.builder(VIEW, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("$L\n", layout(view))
        .initializer(made.add(")").build())
        .build();
  }

  private static String layout(View view) {
    String lines =
        view.line() == view.width() * view.pixel()
            ? ""
            : ", lines " + grouped(view.line()) + " apart";
    if (view.plane() > 1) {
      return "[%s][%s][%s], planar".formatted(view.channels(), view.height(), view.width()) + lines;
    }
    return "[%s][%s][%s]".formatted(view.height(), view.width(), view.pixel())
        + (view.pixel() == view.channels() ? "" : ", " + view.channels() + " used")
        + lines;
  }

  private FieldSpec field(Window window) {
    Padding pad = window.padding();
    String name =
        names.field("WINDOW_" + OpText.window(window).replace(' ', '_').toUpperCase(Locale.ROOT));
    return FieldSpec.builder(WINDOW, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(
            "new $T($L, $L, $L, $L, $L, $L, $L, $L, $L, $L)",
            WINDOW,
            window.height(),
            window.width(),
            window.strideHeight(),
            window.strideWidth(),
            window.dilationHeight(),
            window.dilationWidth(),
            pad.top(),
            pad.left(),
            pad.bottom(),
            pad.right())
        .build();
  }

  @Override
  public String number(int value) {
    return grouped(value);
  }

  /** {@code 1_234_567}. */
  static String grouped(int value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '_');
  }
}
