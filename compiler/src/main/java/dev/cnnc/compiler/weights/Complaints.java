package dev.cnnc.compiler.weights;

import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.weights.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The errors of a weights file, E301 to E310.
 *
 * @param file the file, as named in messages
 * @param clause place of the clause that names the file
 */
record Complaints(Path file, Optional<Span> clause) {

  private static final String WHOLE = "is it a safetensors file, and all of it?";

  SafetensorsException unreadable(String why) {
    return complaint("E301", "cannot read the weights file " + file + ": " + why);
  }

  SafetensorsException pyTorch(String kind) {
    return complaint(
        "E302",
        file + " is " + kind + ", as PyTorch writes them, not a safetensors file",
        """
        convert it in Python:
           import torch, safetensors.torch
           state = torch.load("%s", map_location="cpu", weights_only=True)
           safetensors.torch.save_file({k: v.contiguous() for k, v in state.items()}, "%s")\
        """
            .formatted(name(), converted()));
  }

  /** On one line of the program, whatever the file is called. */
  private String name() {
    return file.getFileName().toString().replaceAll("\\p{Cntrl}", "?");
  }

  private String converted() {
    String name = name();
    String stem = name.replaceFirst("\\.[^.]*$", "");
    return (name.endsWith(".safetensors") ? stem + ".converted" : stem) + ".safetensors";
  }

  SafetensorsException tooShort(long size) {
    return complaint(
        "E303", file + " has " + size + " bytes, which is too short for a weights file", WHOLE);
  }

  SafetensorsException lyingHeader(long length, long available) {
    return complaint(
        "E304",
        "%s says that its header has %s bytes, but there are %s"
            .formatted(file, Long.toUnsignedString(length), available),
        WHOLE);
  }

  SafetensorsException longHeader(long length) {
    return complaint(
        "E304",
        "the header of %s has %s bytes: 100 MB are too many".formatted(file, length),
        WHOLE);
  }

  SafetensorsException malformed(String what) {
    return complaint("E305", "the header of " + file + " is malformed: " + what, WHOLE);
  }

  SafetensorsException twice(String name) {
    return complaint("E306", file + " has two tensors called " + name);
  }

  SafetensorsException impossible(StoredTensor tensor, String what) {
    return complaint("E307", "tensor " + tensor.name() + " of " + file + " " + what);
  }

  SafetensorsException misplaced(String what) {
    return complaint("E308", file + " is damaged: " + what, WHOLE);
  }

  SafetensorsException wrongType(StoredTensor tensor) {
    return complaint(
        "E309",
        "tensor %s of %s has elements of type %s, which no layer can use"
            .formatted(tensor.name(), file, tensor.type()),
        "convert it to F32, F16 or BF16");
  }

  SafetensorsException notFinite(String tensor, long count, long first) {
    return complaint(
        "E310",
        "tensor %s of %s has %s %s not finite, first at index %s"
            .formatted(
                tensor, file, count, count == 1 ? "element that is" : "elements that are", first));
  }

  SafetensorsException tooLarge(StoredTensor tensor, float largest, Storage storage) {
    String name = storage.name().toLowerCase(Locale.ROOT);
    return complaint(
        "E313",
        "tensor %s of %s holds %s, too large for %s".formatted(tensor.name(), file, largest, name),
        storage == Storage.F16 ? "write as bf16: it has a float's range" : "write as f32");
  }

  SafetensorsException missing(String tensor) {
    return complaint("E311", file + " has no tensor " + tensor);
  }

  /** Instead of a complaint about each tensor. */
  SafetensorsException prefixed(String prefix, int tensors) {
    return complaint(
        "E311",
        "%s has %s %s of the network with %s before %s"
            .formatted(
                file,
                tensors == 1 ? "the" : "all " + tensors,
                tensors == 1 ? "tensor" : "tensors",
                prefix,
                tensors == 1 ? "its name" : "their names"),
        """
        take it off in Python:
           from safetensors.torch import load_file, save_file
           save_file({k.removeprefix("%s"): v for k, v in load_file("%s").items()}, "%s")
        or put the layers into a group with this label: %s\
        """
            .formatted(prefix, name(), name(), group(prefix)));
  }

  /** {@code a: [b: [...]]} for {@code a.b.}. */
  private static String group(String prefix) {
    String[] labels = prefix.split("\\.");
    return String.join(": [", labels) + ": [...]" + "]".repeat(labels.length - 1);
  }

  SafetensorsException misshapen(StoredTensor tensor, List<Integer> wanted) {
    return complaint(
        "E312",
        "tensor %s of %s is %s, not %s".formatted(tensor.name(), file, tensor.shape(), wanted));
  }

  private SafetensorsException complaint(String code, String message) {
    return complaint(code, message, Optional.empty());
  }

  private SafetensorsException complaint(String code, String message, String help) {
    return complaint(code, message, Optional.of(help));
  }

  private SafetensorsException complaint(String code, String message, Optional<String> help) {
    return new SafetensorsException(
        new Diagnostic(code, Diagnostic.Severity.ERROR, clause, message, List.of(), help));
  }
}
