package dev.cnnc.compiler.load;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The size of the class files that javac makes of a network, for all widths of vectors.
 *
 * @param files number of class files
 * @param bytes of all class files
 * @param largestMethod class and name of the method with most bytecode
 * @param largestBytecode its bytes; the JIT compiles no method of more than 8,000
 */
public record ClassSize(int files, long bytes, String largestMethod, int largestBytecode) {
  private record Method(String name, int bytecode) {}

  /** Compiles the texts, by class name. */
  public static ClassSize of(Map<String, String> texts) {
    Map<String, byte[]> classes = JavaInMemory.compile(texts);
    Method largest =
        classes.values().stream()
            .flatMap(bytes -> methods(ClassFile.of().parse(bytes)).stream())
            // javac's order of classes is not promised.
            .max(Comparator.comparingInt(Method::bytecode).thenComparing(Method::name))
            .orElseThrow();
    return new ClassSize(
        classes.size(),
        classes.values().stream().mapToLong(bytes -> bytes.length).sum(),
        largest.name(),
        largest.bytecode());
  }

  private static List<Method> methods(ClassModel type) {
    String binaryName = type.thisClass().asInternalName();
    String name = binaryName.substring(binaryName.lastIndexOf('/') + 1).replace('$', '.');
    return type.methods().stream()
        .map(method -> new Method(name + '.' + method.methodName().stringValue(), bytecode(method)))
        .toList();
  }

  private static int bytecode(MethodModel method) {
    return method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
  }
}
