package dev.cnnc.compiler.verify;

import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that the emitted class computes in one run: each is read from the memory of the class
 * after its last step, in the order channels, rows, columns.
 *
 * @param watched the watched values, in the order of computation
 * @param values values by the id of the file's layer
 * @param outputs as returned to the caller
 */
public record Trace(List<Watched> watched, Map<Integer, float[]> values, List<float[]> outputs) {

  public Trace {
    watched = List.copyOf(watched);
    values = Map.copyOf(values);
    outputs = List.copyOf(outputs);
  }

  /** Runs {@code network} once. */
  public static Trace of(List<Watched> watched, NetworkInstance network, List<float[]> inputs) {
    Map<Integer, List<Watched>> complete = new HashMap<>();
    for (Watched each : watched) {
      complete.computeIfAbsent(each.step(), _ -> new ArrayList<>()).add(each);
    }
    Map<Integer, float[]> values = new HashMap<>();
    List<float[]> outputs = new ArrayList<>();
    network.signature().outputs().forEach(each -> outputs.add(new float[each.view().size()]));
    network.listen(
        (step, _, arena) -> {
          for (Watched each : complete.getOrDefault(step, List.of())) {
            values.put(each.written().id(), read(arena, each.view()));
          }
        });
    try {
      network.run(inputs.toArray(float[][]::new), outputs.toArray(float[][]::new));
    } finally {
      network.listen(null);
    }
    return new Trace(watched, values, outputs);
  }

  private static float[] read(float[] arena, View view) {
    float[] values = new float[view.size()];
    view.out(arena, values);
    return values;
  }
}
