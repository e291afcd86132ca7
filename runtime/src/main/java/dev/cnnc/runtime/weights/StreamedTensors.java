package dev.cnnc.runtime.weights;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The tensors of a weights file, read on demand. Keeps a tensor in memory from its place in the
 * stream to its last use. Large tensors have one use, so only one of them is in memory at a time.
 */
final class StreamedTensors implements TensorSource {
  private final DataInputStream in;
  private final Queue<Recipe.Stored> unread = new ArrayDeque<>();
  private final Storage storage;
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, float[]> held = new HashMap<>();
  private final Synthetic synthetic = new Synthetic();
  private final byte[] chunk = new byte[Format.CHUNK];

  StreamedTensors(Header header, DataInputStream in) {
    this.in = in;
    this.storage = header.storage();
    if (!header.synthetic()) {
      unread.addAll(header.file().tensors());
    }
    Map<String, Integer> stored = new HashMap<>();
    for (WeightsFile.Packed packed : header.file().packed()) {
      Ingredients.stored(packed.recipe(), use -> stored.merge(use.name(), 1, Integer::sum));
    }
    unread.forEach(tensor -> uses.put(tensor.name(), stored.getOrDefault(tensor.name(), 0)));
  }

  @Override
  public float[] tensor(String name, List<Integer> shape) {
    Integer left = uses.get(name);
    if (left == null) {
      return synthetic.tensor(name, shape);
    }
    while (!held.containsKey(name)) {
      Recipe.Stored next = unread.remove();
      held.put(next.name(), read(next));
    }
    uses.put(name, left - 1);
    return left > 1 ? held.get(name) : held.remove(name);
  }

  @Override
  public Rows rows(String name, List<Integer> shape) {
    return uses.containsKey(name)
        ? TensorSource.super.rows(name, shape)
        : synthetic.rows(name, shape);
  }

  private float[] read(Recipe.Stored tensor) {
    int count = Sizes.elements(tensor.shape());
    int size = storage.bytes(tensor);
    float[] elements = new float[count];
    ByteBuffer bytes = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (int done = 0; done < count; ) {
        int wanted = Math.min(chunk.length / size, count - done);
        in.readFully(chunk, 0, wanted * size);
        if (size == Float.BYTES) {
          bytes.asFloatBuffer().get(elements, done, wanted);
          done += wanted;
        } else {
          for (int at = 0; at < wanted; at++) {
            elements[done++] = storage.decoded(bytes.getShort(at * Short.BYTES));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return elements;
  }
}
