package dev.cnnc.runtime;

/**
 * Where a picture lies in the input that was made of it: column {@code x} of the picture is column
 * {@code scaleX * x + left} of the input, and rows likewise.
 *
 * @param scaleX columns of the input for a column of the picture
 * @param scaleY rows of the input for a row of the picture
 * @param left columns before the picture; negative where a crop cut some off
 * @param top rows before the picture; negative where a crop cut some off
 * @param width of the picture, in its own pixels
 * @param height of the picture, in its own pixels
 */
public record Placement(
    double scaleX, double scaleY, double left, double top, int width, int height) {

  /** The column of the picture at a column of the input, or beside the picture. */
  public double x(double column) {
    return (column - left) / scaleX;
  }

  /** The row of the picture at a row of the input, or beside the picture. */
  public double y(double row) {
    return (row - top) / scaleY;
  }
}
