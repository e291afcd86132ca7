package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.predict.ThisCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * A jar that calibrates a device which has no compiler: the runtime, the compiled networks of a
 * calibration, and what measures, plans and fits.
 */
public final class DeviceJar {
  private static final LocalDateTime NEVER = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final ClassClosure closure = new ClassClosure();

  private DeviceJar() {}

  /**
   * Compiles the networks and writes the jar.
   *
   * @param progress is told what is being compiled
   */
  public static void write(OutputStream out, Consumer<String> progress) throws IOException {
    DeviceJar jar = new DeviceJar();
    jar.closure.add(DeviceMain.class);
    for (CalibrationNetwork one : CalibrationNetwork.values()) {
      progress.accept("compiling " + one.file());
      jar.add(one);
    }
    jar.files.putAll(jar.closure.files());
    jar.write(out);
  }

  private void add(CalibrationNetwork one) throws IOException {
    Network network = one.network();
    // The device may have vectors of another width.
    NetworkClasses.Compiled compiled = CompiledHere.of(Backend.of(Passes.improved(network), ""));
    for (byte[] classFile : compiled.classes().values()) {
      closure.addNeedsOf(classFile);
    }
    files.put(beside(StoredClasses.file(network)), StoredClasses.encoded(compiled));
    try (InputStream text = CalibrationNetwork.class.getResourceAsStream(one.file())) {
      if (text == null) {
        throw new IllegalStateException(one.file() + " is missing in the jar of the compiler");
      }
      files.put(beside(one.file()), text.readAllBytes());
    }
  }

  /** The path of a file that the classes of this package find. */
  private static String beside(String file) {
    return DeviceJar.class.getPackageName().replace('.', '/') + '/' + file;
  }

  private void write(OutputStream out) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Name.MAIN_CLASS, DeviceMain.class.getName());
    // The profile names it: kernels of another version differ.
    ThisCompiler.released()
        .ifPresent(
            version -> manifest.getMainAttributes().put(Name.IMPLEMENTATION_VERSION, version));
    try (JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(entry("META-INF/MANIFEST.MF"));
      manifest.write(jar);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        jar.putNextEntry(entry(file.getKey()));
        jar.write(file.getValue());
      }
    }
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NEVER);
    return entry;
  }
}
