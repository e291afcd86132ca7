package dev.cnnc.compiler.plan;

import dev.cnnc.runtime.weights.Layout;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.Tile;
import java.util.List;
import java.util.Optional;

/** A tensor in the order a kernel reads it. */
public record Want(Layout layout, Recipe recipe) {

  /** Weights and bias of a kernel of register tiles. */
  static List<Want> panels(
      Tile.Use use, int outputs, int channels, int taps, Recipe weight, Optional<Recipe> bias) {
    return List.of(
        new Want(new Layout.Panels(use, outputs, channels, taps), weight), bias(bias, outputs));
  }

  /** A bias, or zeros. */
  static Want bias(Optional<Recipe> bias, int outputs) {
    return byChannel(orZeros(bias, outputs), outputs);
  }

  /** The same in a row of {@code size} numbers, zeros behind the bias. */
  static Want bias(Optional<Recipe> bias, int outputs, int size) {
    return new Want(new Layout.Channels(outputs, size), orZeros(bias, outputs));
  }

  /** One number a channel. */
  static Want byChannel(Recipe recipe, int channels) {
    return new Want(new Layout.Channels(channels, Tile.padded(channels)), each(recipe, channels));
  }

  private static Recipe orZeros(Optional<Recipe> bias, int outputs) {
    return bias.orElseGet(() -> new Recipe.Filled(0, List.of(outputs)));
  }

  /** One number for all channels is repeated. */
  private static Recipe each(Recipe recipe, int channels) {
    return recipe.shape().getFirst() == 1 && channels > 1
        ? new Recipe.Product(new Recipe.Filled(1, List.of(channels, 1)), recipe)
        : recipe;
  }
}
