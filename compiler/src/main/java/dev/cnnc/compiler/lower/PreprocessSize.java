package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.Preprocess.Resize;
import java.util.Optional;

/**
 * Whether a preprocess clause ends with the size of the input.
 *
 * @param clause its place
 */
record PreprocessSize(Settings settings, Span clause, Shape input) {

  void check(Resize resize, Optional<Datum.Size> crop) {
    switch (resize) {
      case Resize.None() -> ends(crop, crop.isPresent());
      case Resize.Exact(int height, int width) ->
          cropped(Optional.of(new Datum.Size(height, width)), crop);
      case Resize.ShortSide(int pixels) when crop.isEmpty() ->
          report(
              "resize %s makes the short side %s pixels and leaves the long one open"
                  .formatted(pixels, pixels),
              "write resize %sx%s, or add a crop".formatted(input.height(), input.width()));
      case Resize.ShortSide(int pixels) ->
          cropped(Optional.of(new Datum.Size(pixels, pixels)), crop);
      case Resize.Multiple multiple -> multiple(multiple, crop);
      case Resize.Letterbox box -> letterbox(box, crop);
    }
  }

  private void cropped(Optional<Datum.Size> resized, Optional<Datum.Size> crop) {
    if (crop.isPresent()
        && resized.isPresent()
        && (crop.get().height() > resized.get().height()
            || crop.get().width() > resized.get().width())) {
      report(
          "a crop of %s is larger than the picture, which was resized to %s"
              .formatted(crop.get().written(), resized.get().written()),
          "crop less, or resize to more");
      return;
    }
    ends(crop.or(() -> resized), crop.isPresent());
  }

  private void ends(Optional<Datum.Size> end, boolean crop) {
    end.filter(size -> !isInput(size.height(), size.width()))
        .ifPresent(
            size ->
                report(
                    "preprocess makes %s pixels, but the input has %sx%s"
                        .formatted(size.written(), input.height(), input.width()),
                    crop ? "change the crop" : "change the size, or add a crop"));
  }

  /** Only pictures of some proportions have the size; the short side of the input is known. */
  private void multiple(Resize.Multiple resize, Optional<Datum.Size> crop) {
    if (crop.isPresent()) {
      settings.report(
          settings.span("crop"),
          "a crop would undo the multiple",
          Optional.of("remove crop, or multiple"));
      return;
    }
    int unit = resize.multiple();
    long shorter = Math.max(unit, Math.round(Math.rint((double) resize.pixels() / unit)) * unit);
    if (Math.min(input.height(), input.width()) != shorter
        || input.height() % unit != 0
        || input.width() % unit != 0) {
      report(
          "preprocess makes a short side of %s pixels and a long one that is a multiple of %s, but"
                  .formatted(shorter, unit)
              + " the input has %sx%s".formatted(input.height(), input.width()),
          "change the size, or the multiple");
    }
  }

  private void letterbox(Resize.Letterbox box, Optional<Datum.Size> crop) {
    if (crop.isPresent()) {
      settings.report(
          settings.span("crop"),
          "a letterbox has the size of the input already",
          Optional.of("remove crop"));
      return;
    }
    int stride = box.stride();
    boolean fits =
        stride == 0
            ? isInput(box.height(), box.width())
            : isReached(box.height(), input.height(), stride)
                && isReached(box.width(), input.width(), stride)
                && (box.height() == input.height() || box.width() == input.width());
    if (!fits) {
      report(
          "a letterbox of %sx%s%s is not the input, which has %sx%s"
              .formatted(
                  box.height(),
                  box.width(),
                  stride == 0 ? "" : " with a stride of " + stride,
                  input.height(),
                  input.width()),
          "write letterbox %sx%s".formatted(input.height(), input.width()));
    }
  }

  /** Whether the side of a box becomes that of the input when whole strides are left out. */
  private static boolean isReached(int box, int side, int stride) {
    return side <= box && (box - side) % stride == 0;
  }

  private boolean isInput(long height, long width) {
    return height == input.height() && width == input.width();
  }

  private void report(String message, String help) {
    settings.report(clause, message, Optional.of(help));
  }
}
