package dev.cnnc.vision;

import java.util.List;

/**
 * Something that was found in a picture.
 *
 * @param box in the pixels of the picture that went in, and inside of it
 * @param score from 0 to 1
 * @param index of the class, from 0
 * @param label the name of the class, or its number where it has none
 * @param landmarks in the pixels of the picture; empty if the network gives none
 */
public record Detection(Box box, float score, int index, String label, List<Point> landmarks) {
  public Detection {
    landmarks = List.copyOf(landmarks);
  }
}
