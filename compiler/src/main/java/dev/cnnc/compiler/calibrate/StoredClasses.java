package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.ir.Network;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** The classes that lie compiled in the jar of {@link DeviceJar}, one file for each network. */
final class StoredClasses implements NetworkClasses {

  /** The name of the file of a network, beside this class. */
  static String file(Network network) {
    return network.graph().name() + ".classes";
  }

  /** The content of a file. */
  static byte[] encoded(Compiled compiled) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(compiled.name());
      out.writeInt(compiled.classes().size());
      for (Map.Entry<String, byte[]> one : new TreeMap<>(compiled.classes()).entrySet()) {
        out.writeUTF(one.getKey());
        out.writeInt(one.getValue().length);
        out.write(one.getValue());
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public Compiled of(Network improved) {
    try (InputStream file = StoredClasses.class.getResourceAsStream(file(improved))) {
      if (file == null) {
        throw new IllegalStateException(file(improved) + " is missing in the jar");
      }
      DataInputStream in = new DataInputStream(file);
      String name = in.readUTF();
      int count = in.readInt();
      Map<String, byte[]> classes = new TreeMap<>();
      for (int index = 0; index < count; index++) {
        classes.put(in.readUTF(), in.readNBytes(in.readInt()));
      }
      return new Compiled(name, classes);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
