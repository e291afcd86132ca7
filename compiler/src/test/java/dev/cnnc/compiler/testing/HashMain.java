package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.Backend;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compiles networks and graphs and prints a hash of every Java text and weights file. */
public final class HashMain {

  private HashMain() {}

  public static void main(String[] arguments) throws IOException {
    hashes().forEach(System.out::println);
  }

  /** In a fixed order. */
  public static List<String> hashes() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("lenet5", "cifar_resnet20", "mobilenet_v2")) {
      lines.add(name + " " + hash(NetworkFiles.compile(NetworkFiles.named(name))));
    }
    for (var family : KernelGraphs.all().entrySet()) {
      lines.add(family.getKey() + " " + hash(CompiledGraph.of(family.getValue()).backend()));
    }
    for (long seed = 3000; seed < 3010; seed++) {
      lines.add("seed " + seed + " " + hash(CompiledGraph.of(RandomGraphs.of(seed)).backend()));
    }
    return lines;
  }

  private static String hash(Backend backend) throws IOException {
    ByteArrayOutputStream weights = new ByteArrayOutputStream();
    backend.weights().write(weights, new Synthetic());
    byte[] text = backend.java().text().getBytes(StandardCharsets.UTF_8);
    return Arrays.hashCode(text) + " " + Arrays.hashCode(weights.toByteArray());
  }
}
