package dev.cnnc.compiler.lower;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every layer of the language, by name. A new layer is an entry in one of the lists named here. */
final class LayerTable {

  private final Map<String, Layer> layers;

  private LayerTable(List<Layer> all) {
    Map<String, Layer> byName = new LinkedHashMap<>();
    all.forEach(layer -> byName.put(layer.name(), layer));
    this.layers = Collections.unmodifiableMap(byName);
  }

  static LayerTable standard() {
    return new LayerTable(
        Stream.of(
                WeightedLayers.all(),
                NormLayers.all(),
                PointwiseLayers.all(),
                PixelLayers.all(),
                ReducingLayers.all(),
                RearrangingLayers.all(),
                ResizingLayers.all(),
                TokenLayers.all())
            .flatMap(List::stream)
            .toList());
  }

  Optional<Layer> find(String name) {
    return Optional.ofNullable(layers.get(name));
  }

  Collection<String> names() {
    return layers.keySet();
  }

  Collection<Layer> all() {
    return layers.values();
  }
}
