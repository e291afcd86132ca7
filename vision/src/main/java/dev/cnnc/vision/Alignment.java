package dev.cnnc.vision;

import dev.cnnc.runtime.Picture;
import java.util.List;

/**
 * Brings landmarks to the places where a network expects them: a picture is moved, turned and
 * scaled so that the squares of the distances that remain have the smallest sum (S. Umeyama,
 * Least-squares estimation of transformation parameters between two point patterns, 1991). In the
 * plane, for points {@code p} and {@code q} relative to their means, that is {@code x' = a x - b
 * y}, {@code y' = b x + a y} with {@code a = sum(p.x q.x + p.y q.y) / sum(p.x p.x + p.y p.y)} and
 * {@code b = sum(p.x q.y - p.y q.x) / sum(p.x p.x + p.y p.y)}.
 *
 * @param places of the first landmarks in the new picture
 * @param width of the new picture
 * @param height of the new picture
 */
public record Alignment(List<Point> places, int width, int height) {

  /**
   * Eyes, nose and corners of the mouth in 112 by 112 pixels, as ArcFace and most networks for
   * faces want them (insightface, {@code face_align.arcface_dst}). For detectors with five
   * landmarks, such as SCRFD, YuNet and RetinaFace.
   */
  public static final Alignment ARCFACE =
      new Alignment(
          List.of(
              new Point(38.2946f, 51.6963f),
              new Point(73.5318f, 51.5014f),
              new Point(56.0252f, 71.7366f),
              new Point(41.5493f, 92.3655f),
              new Point(70.7299f, 92.2041f)),
          112,
          112);

  /** The same for BlazeFace, whose fourth landmark is the middle of the mouth. */
  public static final Alignment ARCFACE_OF_BLAZEFACE =
      new Alignment(
          List.of(
              ARCFACE.places.get(0),
              ARCFACE.places.get(1),
              ARCFACE.places.get(2),
              new Point(56.1396f, 92.2848f)),
          112,
          112);

  public Alignment {
    places = List.copyOf(places);
    if (places.size() < 2) {
      throw new IllegalArgumentException("an alignment needs two places or more");
    }
  }

  /**
   * The aligned picture. Whole numbers are the centres of pixels here, as {@code cv2.warpAffine}
   * has it; pixels are interpolated bilinearly, and beside the picture its border is repeated.
   *
   * @param landmarks of a detection; those behind the last of the places do not count
   */
  public Picture of(Picture picture, List<Point> landmarks) {
    Similarity back = Similarity.best(first(landmarks), places).inverse();
    byte[] rgb = new byte[3 * width * height];
    Sampling sampling = new Sampling(picture);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        sampling.pixel(
            back.x(column, row) + 0.5, back.y(column, row) + 0.5, rgb, 3 * (row * width + column));
      }
    }
    return new Picture(rgb, width, height);
  }

  private List<Point> first(List<Point> landmarks) {
    if (landmarks.size() < places.size()) {
      throw new IllegalArgumentException(
          "%s landmarks are needed, but there are %s".formatted(places.size(), landmarks.size()));
    }
    return landmarks.subList(0, places.size());
  }
}
