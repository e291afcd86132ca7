package dev.cnnc.compiler;

import dev.cnnc.compiler.emit.Emitter;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.runtime.weights.WeightsFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What comes out for a network whose passes have run.
 *
 * @param java the class and its kernels
 * @param weights how to make the array its kernels read; hash and layout are the class's
 */
public record Backend(Plan plan, Emitter.Emitted java, WeightsFile weights) {

  /** Plans and emits. */
  public static Backend of(Network improved, String packageName) {
    Plan plan = Planner.plan(improved);
    String hash = hash(plan);
    return new Backend(
        plan,
        Emitter.emit(plan, packageName, hash),
        new WeightsFile(hash, improved.labels(), plan.packed()));
  }

  /** Equal for equal layouts of the weights: weights trained anew still belong to the class. */
  private static String hash(Plan plan) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(plan.network().graph().name().getBytes(StandardCharsets.UTF_8));
      digest.update(plan.packed().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
