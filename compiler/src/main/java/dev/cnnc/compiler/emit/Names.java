package dev.cnnc.compiler.emit;

import com.palantir.javapoet.NameAllocator;
import dev.cnnc.compiler.ir.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Java names for layers: each unique, none a keyword, none that the base class uses. */
final class Names {
  /**
   * What {@code CompiledNetwork}, {@code Object} and the emitted class itself define, and what Java
   * forbids as the name of a method that is called.
   */
  private static final List<String> TAKEN =
      List.of(
          "run",
          "step",
          "forward",
          "load",
          "fork",
          "forks",
          "warm",
          "close",
          "classify",
          "labels",
          "listen",
          "packed",
          "signature",
          "threads",
          "weights",
          "arena",
          "kernels",
          "clone",
          "finalize",
          "notify",
          "notifyAll",
          "wait",
          "getClass",
          "hashCode",
          "equals",
          "toString",
          "yield");

  /** Constants that the emitted class has whatever its layers are called. */
  private static final List<String> FIELDS = List.of("HASH", "SIGNATURE");

  /** Nested classes of the emitted classes, and the kernels of another network. */
  private static final Pattern NESTED =
      Pattern.compile(".*Kernels|Common|Finish|Taps|Memory[0-9]+|Scalar|Simd[0-9]+");

  private final NameAllocator allocator = new NameAllocator();
  private final Map<Integer, String> layers = new HashMap<>();
  private final NameAllocator fields = new NameAllocator();
  private final Map<List<String>, String> constants = new HashMap<>();

  /**
   * No name of a field or of a nested class is that of the class.
   *
   * @param className of the network
   */
  Names(String className) {
    fields.newName(className);
    TAKEN.forEach(allocator::newName);
    FIELDS.forEach(fields::newName);
  }

  /** The layer's dotted name with underscores. */
  String layer(Node node) {
    return layers.computeIfAbsent(
        node.id(),
        _ -> {
          String name = node.name().replaceAll("[^A-Za-z0-9]+", "_");
          return allocator.newName(
              name.isEmpty() || Character.isDigit(name.charAt(0))
                  ? node.op().word() + "_" + name
                  : name);
        });
  }

  /** The layer's constants begin with this. */
  String constant(Node node) {
    return constant(node, "");
  }

  /** The constant for something that a layer has beside its value. */
  String constant(Node node, String what) {
    String name = layer(node);
    return constants.computeIfAbsent(
        List.of(name, what),
        _ ->
            fields.newName(
                (name + what).replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT)));
  }

  /** A constant that belongs to no layer. */
  String field(String name) {
    return fields.newName(name);
  }

  /**
   * The network's class: capitals at the start and after {@code _}, everything else kept; {@code
   * Network} behind a name that Java or the class itself uses for something else.
   */
  static String className(String network) {
    String name =
        Pattern.compile("(^|_)([a-z])")
            .matcher(network)
            .replaceAll(start -> start.group(1) + start.group(2).toUpperCase(Locale.ROOT));
    boolean taken = NESTED.matcher(name).matches() || isOfJava(name) || !SourceVersion.isName(name);
    return taken ? name + "Network" : name;
  }

  /** Whether a class of this name would hide one of java.lang in every file of its package. */
  private static boolean isOfJava(String name) {
    return Object.class.getResource(name + ".class") != null;
  }

  /** What the file with the kernels of a network's class is called. */
  static String kernelsName(String className) {
    return className + "Kernels";
  }
}
