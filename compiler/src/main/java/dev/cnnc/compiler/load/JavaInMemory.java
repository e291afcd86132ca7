package dev.cnnc.compiler.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles text to class files with javac, in memory. */
public final class JavaInMemory {

  /** The oldest Java that emitted classes run on. */
  private static final int RELEASE = 21;

  private JavaInMemory() {}

  /**
   * Compiles texts. Many at once are faster than one by one.
   *
   * @param texts by class name, with its package
   * @return class files by binary name
   * @throws IllegalStateException if a text is not correct Java, with the messages of javac, or if
   *     this JVM has no compiler
   */
  public static Map<String, byte[]> compile(Map<String, String> texts) {
    return compile(texts, List.of("-Xlint:none", "-nowarn"));
  }

  /**
   * The same with other warnings.
   *
   * @param warnings options of javac: which there are, and whether they are errors
   */
  public static Map<String, byte[]> compile(Map<String, String> texts, List<String> warnings) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    if (javac == null) {
      throw new IllegalStateException("this Java has no compiler: use a JDK, not a JRE");
    }
    StringWriter said = new StringWriter();
    List<String> options =
        new ArrayList<>(
            List.of(
                "--release",
                Integer.toString(RELEASE),
                "--add-modules",
                "jdk.incubator.vector",
                "-proc:none"));
    options.addAll(warnings);
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null);
        ClassFiles made = new ClassFiles(files)) {
      List<Text> sources =
          texts.entrySet().stream().map(each -> new Text(each.getKey(), each.getValue())).toList();
      boolean good = javac.getTask(said, made, null, options, null, sources).call();
      if (!good) {
        throw new IllegalStateException("the emitted Java does not compile:\n" + said);
      }
      return made.bytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A source file in memory. */
  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String className, String text) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps the class files that javac writes. */
  private static final class ClassFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> streams = new HashMap<>();

    ClassFiles(JavaFileManager files) {
      super(files);
    }

    Map<String, byte[]> bytes() {
      Map<String, byte[]> bytes = new HashMap<>();
      streams.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
      return bytes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(
          URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream stream = new ByteArrayOutputStream();
          streams.put(className, stream);
          return stream;
        }
      };
    }
  }
}
