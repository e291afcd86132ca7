package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Compiles networks and graphs and prints a hash of every Java text and weights file: a refactoring
 * of {@code plan} and {@code emit} changes no line of it.
 *
 * <p>With the argument {@code all} it takes every network of the examples, in 32 and in 16 bits,
 * and more random graphs; that takes minutes.
 */
public final class HashMain {

  private HashMain() {}

  public static void main(String[] arguments) throws IOException {
    hashes(KernelFamilies.again()).forEach(System.out::println);
    if (List.of(arguments).contains("all")) {
      for (Path file : Zoo.files()) {
        Network improved = Zoo.compiled(file).backend().plan().network();
        for (Storage storage : Storage.values()) {
          Backend backend = Backend.of(improved.with(storage), "");
          System.out.println(Zoo.name(file) + " " + storage + " " + hash(backend));
        }
      }
      for (long seed = 4000; seed < 4100; seed++) {
        System.out.println(
            "seed " + seed + " " + hash(CompiledGraph.of(RandomGraphs.of(seed), "").backend()));
      }
    }
  }

  /** Of some networks, families and random graphs, in a fixed order. */
  public static List<String> hashes(Map<String, CompiledGraph> families) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("lenet5", "cifar_resnet20", "mobilenet_v2")) {
      lines.add(name + " " + hash(NetworkFiles.compile(NetworkFiles.named(name))));
    }
    for (var family : families.entrySet()) {
      lines.add(family.getKey() + " " + hash(family.getValue().backend()));
    }
    for (long seed = 3000; seed < 3010; seed++) {
      lines.add("seed " + seed + " " + hash(CompiledGraph.of(RandomGraphs.of(seed), "").backend()));
    }
    return lines;
  }

  private static String hash(Backend backend) throws IOException {
    MessageDigest weights = sha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), weights)) {
      backend.weights().write(out, new Synthetic());
    }
    byte[] text =
        sha256()
            .digest(
                String.join("", backend.java().sources().values())
                    .getBytes(StandardCharsets.UTF_8));
    return eightBytes(text) + " " + eightBytes(weights.digest());
  }

  private static String eightBytes(byte[] digest) {
    return HexFormat.of().formatHex(digest, 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
