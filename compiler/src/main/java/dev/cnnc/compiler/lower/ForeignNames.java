package dev.cnnc.compiler.lower;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names that other frameworks give to layers and arguments: the first guess of a newcomer.
 *
 * <p>Invariant: keys are lower case, without {@code _} and without a dimension such as 2d; values
 * are names of this language.
 */
final class ForeignNames {

  private static final Map<String, String> LAYERS =
      Map.ofEntries(
          Map.entry("adaptiveavgpool", "gap or adaptive_avgpool"),
          Map.entry("averagepool", "avgpool"),
          Map.entry("averagepooling", "avgpool"),
          Map.entry("batchnorm", "bn"),
          Map.entry("batchnormalization", "bn"),
          Map.entry("bn", "bn"),
          Map.entry("cat", "concat"),
          Map.entry("concatenate", "concat"),
          Map.entry("conv", "conv"),
          Map.entry("convolution", "conv"),
          Map.entry("deconv", "conv_transpose"),
          Map.entry("deconvolution", "conv_transpose"),
          Map.entry("dense", "fc"),
          Map.entry("depthtospace", "pixel_shuffle"),
          Map.entry("depthwiseconv", "dwconv"),
          Map.entry("gemm", "fc"),
          Map.entry("globalaveragepool", "gap"),
          Map.entry("globalaveragepooling", "gap"),
          Map.entry("globalavgpool", "gap"),
          Map.entry("globalmaxpool", "gmp"),
          Map.entry("globalmaxpooling", "gmp"),
          Map.entry("hswish", "hardswish"),
          Map.entry("hsigmoid", "hardsigmoid"),
          Map.entry("instancenormalization", "instancenorm"),
          Map.entry("groupnormalization", "groupnorm"),
          Map.entry("interpolate", "resize"),
          Map.entry("layernormalization", "layernorm"),
          Map.entry("linear", "fc"),
          Map.entry("localresponsenorm", "lrn"),
          Map.entry("maxpooling", "maxpool"),
          Map.entry("multiheadattention", "attention"),
          Map.entry("multiply", "mul"),
          Map.entry("pad", "zeropad or border"),
          Map.entry("parameter", "tensor"),
          Map.entry("reflectionpad", "border"),
          Map.entry("replicationpad", "border"),
          Map.entry("spacetodepth", "pixel_unshuffle"),
          Map.entry("transpose", "permute"),
          Map.entry("transposedconv", "conv_transpose"),
          Map.entry("view", "reshape"),
          Map.entry("upsampling", "upsample"),
          Map.entry("zeropadding", "zeropad"));

  private static final Map<String, String> MISSING =
      Map.of(
          "lstm", "recurrent layers are",
          "gru", "recurrent layers are");

  private static final Map<String, List<String>> ARGUMENTS =
      Map.ofEntries(
          Map.entry("alpha", List.of("slope")),
          Map.entry("ceilmode", List.of("ceil")),
          Map.entry("channels", List.of("filters", "outputs")),
          Map.entry("countincludepad", List.of("count_pad")),
          Map.entry("dim", List.of("outputs", "filters")),
          Map.entry("epsilon", List.of("eps")),
          Map.entry("features", List.of("outputs", "filters")),
          Map.entry("group", List.of("groups")),
          Map.entry("kernel", List.of("size")),
          Map.entry("kernelshape", List.of("size")),
          Map.entry("kernelsize", List.of("size")),
          Map.entry("negativeslope", List.of("slope")),
          Map.entry("numheads", List.of("heads")),
          Map.entry("outchannels", List.of("filters")),
          Map.entry("outfeatures", List.of("outputs")),
          Map.entry("outputpadding", List.of("output_pad")),
          Map.entry("outputsize", List.of("size")),
          Map.entry("p", List.of("rate")),
          Map.entry("padding", List.of("pad", "pixels")),
          Map.entry("pads", List.of("pad")),
          Map.entry("poolsize", List.of("size")),
          Map.entry("scalefactor", List.of("factor")),
          Map.entry("strides", List.of("stride")),
          Map.entry("units", List.of("outputs")),
          Map.entry("usebias", List.of("bias")));

  private ForeignNames() {}

  /** A fix for an unknown layer that has another name in this language, if there is one. */
  static Optional<String> layer(String word, Collection<String> names) {
    String bare = bare(word).replaceFirst("[123]d$", "");
    if (MISSING.containsKey(bare)) {
      return Optional.of(MISSING.get(bare) + " not in the language");
    }
    return names.stream()
        .filter(name -> bare(name).equals(bare))
        .min(String::compareTo)
        .or(() -> Optional.ofNullable(LAYERS.get(bare)))
        .map(name -> "did you mean " + name + "?");
  }

  /** A fix for an argument that the layer does not have, if there is one. */
  static Optional<String> argument(String word, Collection<String> names) {
    String bare = bare(word);
    List<String> meant =
        ARGUMENTS.getOrDefault(bare, List.of()).stream().filter(names::contains).toList();
    return names.stream()
        .filter(name -> bare(name).equals(bare))
        .min(String::compareTo)
        .or(() -> meant.stream().findFirst())
        .map(name -> "did you mean " + name + "?");
  }

  private static String bare(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "");
  }
}
