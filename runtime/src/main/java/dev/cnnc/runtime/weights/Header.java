package dev.cnnc.runtime.weights;

import dev.cnnc.runtime.weights.Format.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before the data.
 *
 * @param kinds of the file's tensors, in their order
 */
record Header(WeightsFile file, List<Kind> kinds) {
  Header {
    kinds = List.copyOf(kinds);
  }

  byte[] encode() {
    Encoder out = new Encoder();
    out.text(file.hash());
    out.integer(file.labels().size());
    file.labels().forEach(out::text);
    Map<String, Integer> numbers = new HashMap<>();
    List<Recipe.Stored> tensors = file.tensors();
    out.integer(tensors.size());
    for (Recipe.Stored tensor : tensors) {
      out.text(tensor.name());
      out.shape(tensor.shape());
      out.tag(
          switch (kinds.get(numbers.size())) {
            case FLOAT -> 0;
            case SYNTHETIC -> 1;
          });
      numbers.put(tensor.name(), numbers.size());
    }
    out.integer(file.packed().size());
    for (WeightsFile.Packed packed : file.packed()) {
      out.integer(packed.offset());
      LayoutCodec.write(packed.layout(), out);
      RecipeCodec.write(packed.recipe(), numbers, out);
    }
    out.integer(file.floats());
    return out.bytes();
  }

  /**
   * The inverse of {@link #encode}.
   *
   * @throws RuntimeException of some kind if the bytes are not what {@link #encode} writes
   */
  static Header decode(byte[] bytes) {
    Decoder in = new Decoder(bytes);
    String hash = in.text();
    List<String> labels = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      labels.add(in.text());
    }
    List<Recipe.Stored> tensors = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      tensors.add(new Recipe.Stored(in.text(), in.shape()));
      kinds.add(kind(in.tag()));
    }
    List<WeightsFile.Packed> packed = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      packed.add(
          new WeightsFile.Packed(
              in.integer(), LayoutCodec.read(in), RecipeCodec.read(in, tensors)));
    }
    WeightsFile file = new WeightsFile(hash, labels, packed);
    if (in.integer() != file.floats() || !file.tensors().equals(tensors)) {
      throw new IllegalArgumentException("the parts of the header contradict each other");
    }
    in.end();
    return new Header(file, kinds);
  }

  /** Bytes of data that follow it. */
  long dataLength() {
    long length = 0;
    List<Recipe.Stored> tensors = file.tensors();
    for (int tensor = 0; tensor < tensors.size(); tensor++) {
      length +=
          switch (kinds.get(tensor)) {
            case FLOAT -> (long) Float.BYTES * Sizes.elements(tensors.get(tensor).shape());
            case SYNTHETIC -> 0;
          };
    }
    return length;
  }

  private static Kind kind(int tag) {
    return switch (tag) {
      case 0 -> Kind.FLOAT;
      case 1 -> Kind.SYNTHETIC;
      default -> throw new IllegalArgumentException("no kind of tensor has the tag " + tag);
    };
  }
}
