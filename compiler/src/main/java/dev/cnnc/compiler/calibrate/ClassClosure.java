package dev.cnnc.compiler.calibrate;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** All classes that some classes need, but for those of the JDK. */
final class ClassClosure {
  private static final Pattern PLATFORM = Pattern.compile("(java|javax|jdk|sun|com/sun)/.*");

  /** What a missing class may belong to: libraries have parts that are optional. */
  private static final String OURS = "dev/cnnc/";

  private static final Pattern NAME_IN_DESCRIPTOR = Pattern.compile("L([^;<]+);");

  private final SortedMap<String, byte[]> classes = new TreeMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  /** Adds a class that can be loaded here, and whatever it needs. */
  void add(Class<?> root) throws IOException {
    need(root.getName().replace('.', '/'));
    close();
  }

  /** Adds what a class needs, but not the class itself. */
  void addNeedsOf(byte[] classFile) throws IOException {
    read(classFile);
    close();
  }

  /** The class files, by their path in a jar. */
  Map<String, byte[]> files() {
    return classes;
  }

  private void close() throws IOException {
    while (!open.isEmpty()) {
      String name = open.remove();
      String file = name + ".class";
      if (classes.containsKey(file)) {
        continue;
      }
      try (InputStream in = ClassClosure.class.getClassLoader().getResourceAsStream(file)) {
        if (in != null) {
          byte[] content = in.readAllBytes();
          classes.put(file, content);
          read(content);
        } else if (name.startsWith(OURS)) {
          throw new IllegalStateException("a class is missing: " + name);
        }
      }
    }
  }

  private void read(byte[] classFile) {
    ClassModel model = ClassFile.of().parse(classFile);
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type -> need(type.asInternalName());
        case NameAndTypeEntry member -> needAll(member.type().stringValue());
        case MethodTypeEntry type -> needAll(type.descriptor().stringValue());
        case PoolEntry _ -> {}
      }
    }
    model.methods().forEach(method -> needAll(method.methodType().stringValue()));
    model.fields().forEach(field -> needAll(field.fieldType().stringValue()));
  }

  private void needAll(String descriptor) {
    NAME_IN_DESCRIPTOR
        .matcher(descriptor)
        .results()
        .map((MatchResult found) -> found.group(1))
        .forEach(this::need);
  }

  /** An array is written as its descriptor. */
  private void need(String name) {
    if (name.startsWith("[")) {
      needAll(name);
    } else if (!PLATFORM.matcher(name).matches()) {
      open.add(name);
    }
  }
}
