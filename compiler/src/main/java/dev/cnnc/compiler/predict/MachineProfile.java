package dev.cnnc.compiler.predict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a machine takes for the work of each kind of kernel, as it was measured there once.
 *
 * @param host where and with what it was measured
 * @param peak billions of operations that one thread could do in a second
 * @param error mean relative error of the steps of the calibration
 * @param readSpeed of the memory
 * @param kinds by name; {@link Work#ANY} among them
 * @param sharing by the numbers of threads that were measured beside one
 */
public record MachineProfile(
    Host host,
    double peak,
    double error,
    ReadSpeed readSpeed,
    Map<String, KindFactors> kinds,
    Map<Integer, Sharing> sharing) {

  /**
   * What a profile holds for.
   *
   * @param date of the calibration, {@code 2026-11-30}
   * @param compiler version of cnnc
   * @param cpu its name, as the system tells it
   * @param caches {@code L2 1024K}, the smallest first; none where the system does not tell
   * @param java version and maker
   * @param flags of the JVM that change what it compiles
   * @param lanes floats in a vector
   * @param processors that the JVM could use
   */
  public record Host(
      String date,
      String compiler,
      String cpu,
      List<String> caches,
      String java,
      List<String> flags,
      int lanes,
      int processors) {
    public Host {
      caches = List.copyOf(caches);
      flags = List.copyOf(flags);
    }
  }

  public MachineProfile {
    kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    sharing = Collections.unmodifiableMap(new TreeMap<>(sharing));
  }

  /** The same with what other numbers of threads take. */
  public MachineProfile with(Map<Integer, Sharing> other) {
    return new MachineProfile(host, peak, error, readSpeed, kinds, other);
  }

  /** Whether a run with so many threads can be predicted. */
  public boolean covers(int threads) {
    return threads == 1 || sharing.containsKey(threads);
  }
}
