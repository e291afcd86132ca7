package dev.cnnc.compiler.ir;

/** Rows and columns of zeros (of minus infinity, under a max pool) around a picture. */
public record Padding(int top, int left, int bottom, int right) {

  public static final Padding NONE = new Padding(0, 0, 0, 0);

  public static Padding all(int pixels) {
    return new Padding(pixels, pixels, pixels, pixels);
  }
}
