package dev.cnnc.runtime;

/**
 * The sizes and the place that a clause gives a picture.
 *
 * <ul>
 *   <li>A short side: torchvision, {@code _compute_resized_output_size}: {@code int(size * long /
 *       short)}.
 *   <li>A multiple: PaddleOCR, {@code DetResizeForTest}: {@code max(int(round(side / 32) * 32),
 *       32)}; Python rounds a half to the even number.
 *   <li>A letterbox in the middle: ultralytics, {@code LetterBox}: {@code r = min(height / h, width
 *       / w)}, sides of {@code round(w * r)}, {@code round((rest / 2) - 0.1)} lines before; with a
 *       stride (there {@code auto}) the rest is {@code rest % stride}.
 *   <li>A letterbox in the corner: YOLOX, {@code preproc}: the same ratio, sides of {@code int(w *
 *       r)}, no lines before.
 * </ul>
 *
 * @param resizedWidth of the whole picture after the resize
 * @param resizedHeight of the whole picture after the resize
 * @param left columns before the resized picture; negative where it is cropped
 * @param top rows before the resized picture; negative where it is cropped
 * @param width of the result
 * @param height of the result
 * @param fill the grey around the picture
 * @param scaleX columns of the result for a column of the picture
 * @param scaleY rows of the result for a row of the picture
 */
record Fitting(
    int resizedWidth,
    int resizedHeight,
    int left,
    int top,
    int width,
    int height,
    int fill,
    double scaleX,
    double scaleY) {

  static Fitting of(Preprocess preprocess, int width, int height) {
    return switch (preprocess.resize()) {
      case Preprocess.Resize.None() -> cropped(preprocess, width, height, width, height);
      case Preprocess.Resize.Exact(int rows, int columns) ->
          cropped(preprocess, width, height, columns, rows);
      case Preprocess.Resize.ShortSide(int pixels) -> {
        int shorter = Math.min(width, height);
        yield cropped(
            preprocess,
            width,
            height,
            proportional(width, pixels, shorter),
            proportional(height, pixels, shorter));
      }
      case Preprocess.Resize.Multiple(int pixels, int multiple) -> {
        int shorter = Math.min(width, height);
        yield cropped(
            preprocess,
            width,
            height,
            rounded(proportional(width, pixels, shorter), multiple),
            rounded(proportional(height, pixels, shorter), multiple));
      }
      case Preprocess.Resize.Letterbox box -> letterbox(box, width, height);
    };
  }

  Placement placement(int pictureWidth, int pictureHeight) {
    return new Placement(scaleX, scaleY, left, top, pictureWidth, pictureHeight);
  }

  private static Fitting cropped(
      Preprocess preprocess, int width, int height, int resizedWidth, int resizedHeight) {
    int columns = preprocess.cropWidth() == 0 ? resizedWidth : preprocess.cropWidth();
    int rows = preprocess.cropHeight() == 0 ? resizedHeight : preprocess.cropHeight();
    return new Fitting(
        resizedWidth,
        resizedHeight,
        -start(resizedWidth, columns),
        -start(resizedHeight, rows),
        columns,
        rows,
        0,
        (double) resizedWidth / width,
        (double) resizedHeight / height);
  }

  private static Fitting letterbox(Preprocess.Resize.Letterbox box, int width, int height) {
    double ratio = Math.min((double) box.height() / height, (double) box.width() / width);
    int across = side(width * ratio, box.corner());
    int down = side(height * ratio, box.corner());
    int restX = box.stride() == 0 ? box.width() - across : (box.width() - across) % box.stride();
    int restY = box.stride() == 0 ? box.height() - down : (box.height() - down) % box.stride();
    return new Fitting(
        across,
        down,
        box.corner() ? 0 : (int) Math.rint(restX / 2.0 - 0.1),
        box.corner() ? 0 : (int) Math.rint(restY / 2.0 - 0.1),
        across + restX,
        down + restY,
        box.fill(),
        ratio,
        ratio);
  }

  /** A side of a letterboxed picture, at least a pixel. */
  private static int side(double exact, boolean corner) {
    return Math.max(1, (int) (corner ? exact : Math.rint(exact)));
  }

  /** Divides as torchvision does, in double, and cuts off. */
  private static int proportional(int side, int pixels, int shorter) {
    return side == shorter ? pixels : (int) ((double) ((long) pixels * side) / shorter);
  }

  private static int rounded(int side, int multiple) {
    int times = (int) Math.rint((double) side / multiple);
    return multiple * Math.max(1, times);
  }

  /**
   * Lines cut off at the start; negative if zeros are added there. An odd line is cut off or added
   * at the end.
   */
  private static int start(int have, int want) {
    return (have - want) / 2;
  }
}
