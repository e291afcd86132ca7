package dev.cnnc.runtime.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a weights file.
 *
 * @param storage format of the data
 * @param synthetic whether the file has no data, because elements are computed from names and
 *     shapes
 */
record Header(WeightsFile file, Storage storage, boolean synthetic) {
  private static final int SYNTHETIC = 3;

  byte[] encode() {
    Encoder out = new Encoder();
    out.text(file.name());
    // A switch over an enum would add a class to the jar.
    out.tag(synthetic ? SYNTHETIC : storage == Storage.F32 ? 0 : storage == Storage.F16 ? 1 : 2);
    out.integer(file.labels().size());
    file.labels().forEach(out::text);
    content(file, out);
    return out.bytes();
  }

  /** All that decides what the array of weights holds, and where. */
  static void content(WeightsFile file, Encoder out) {
    Map<String, Integer> numbers = new HashMap<>();
    List<Recipe.Stored> tensors = file.tensors();
    out.integer(tensors.size());
    for (Recipe.Stored tensor : tensors) {
      out.text(tensor.name());
      out.shape(tensor.shape());
      numbers.put(tensor.name(), numbers.size());
    }
    out.integer(file.packed().size());
    for (WeightsFile.Packed packed : file.packed()) {
      out.integer(packed.offset());
      LayoutCodec.write(packed.layout(), out);
      RecipeCodec.write(packed.recipe(), numbers, out);
    }
    out.integer(file.floats());
  }

  /**
   * The inverse of {@link #encode}.
   *
   * @throws RuntimeException of some kind if the bytes are not from {@link #encode}
   */
  static Header decode(byte[] bytes) {
    Decoder in = new Decoder(bytes);
    String name = in.text();
    int tag = in.tag();
    if (tag > SYNTHETIC) {
      throw new IllegalArgumentException("no storage has the tag " + tag);
    }
    Storage storage = tag == 1 ? Storage.F16 : tag == 2 ? Storage.BF16 : Storage.F32;
    List<String> labels = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      labels.add(in.text());
    }
    List<Recipe.Stored> tensors = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      tensors.add(new Recipe.Stored(in.text(), in.shape()));
    }
    List<WeightsFile.Packed> packed = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      packed.add(
          new WeightsFile.Packed(
              in.integer(), LayoutCodec.read(in), RecipeCodec.read(in, tensors)));
    }
    WeightsFile file = new WeightsFile(name, labels, packed);
    if (in.integer() != file.floats() || !file.tensors().equals(tensors)) {
      throw new IllegalArgumentException("the parts of the header contradict each other");
    }
    in.end();
    return new Header(file, storage, tag == SYNTHETIC);
  }

  /** Bytes of data behind the header. */
  long dataLength() {
    long length = 0;
    for (Recipe.Stored tensor : file.tensors()) {
      length += synthetic ? 0 : (long) storage.bytes(tensor) * Sizes.elements(tensor.shape());
    }
    return length;
  }
}
