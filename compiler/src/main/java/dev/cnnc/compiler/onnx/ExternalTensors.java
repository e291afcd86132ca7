package dev.cnnc.compiler.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Initializers of a model with their places in a data file beside it, as ONNX defines external
 * data. A model of more than {@link OnnxWriter#MOST_BYTES} needs them, and ONNX Runtime maps such a
 * file into memory instead of copying it.
 *
 * @param location name of the data file, relative to the folder of the model
 * @param offsets first byte of each tensor in that file, by the tensor's name
 */
public record ExternalTensors(String location, Map<String, Long> offsets) {
  /** Shorter tensors stay in the model: torch.onnx and onnx.save draw the line there too. */
  private static final int LEAST_BYTES = 1024;

  /** The format asks for offsets that are multiples of a page, so that readers can map them. */
  private static final int PAGE = 4096;

  /** Places the initializers of a model one behind the other. */
  public static ExternalTensors of(Onnx.Model model, String location) {
    Map<String, Long> offsets = new LinkedHashMap<>();
    long end = 0;
    for (Onnx.Tensor tensor : model.graph().initializers()) {
      if (tensor.bytes() >= LEAST_BYTES) {
        offsets.put(tensor.name(), end);
        end = Math.ceilDiv(end + tensor.bytes(), PAGE) * PAGE;
      }
    }
    return new ExternalTensors(location, offsets);
  }

  /** Writes the data file; the stream should be buffered. */
  public void write(Onnx.Model model, OutputStream out) throws IOException {
    long end = 0;
    for (Onnx.Tensor tensor : model.graph().initializers()) {
      Long offset = offsets.get(tensor.name());
      if (offset != null) {
        out.write(new byte[Math.toIntExact(offset - end)]);
        tensor.content().write(out);
        end = offset + tensor.bytes();
      }
    }
  }

  /** The entries of TensorProto.external_data: none for a tensor of the model itself. */
  Map<String, String> entries(Onnx.Tensor tensor) {
    Long offset = offsets.get(tensor.name());
    if (offset == null) {
      return Map.of();
    }
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("location", location);
    entries.put("offset", offset.toString());
    entries.put("length", Long.toString(tensor.bytes()));
    return entries;
  }
}
