import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.PictureReader;
import dev.cnnc.vision.Alignment;
import dev.cnnc.vision.Detection;
import dev.cnnc.vision.Embedding;
import dev.cnnc.vision.Point;
import dev.cnnc.vision.Quadrilateral;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Tells whether two faces are of one person: finds each, brings it upright, embeds it. */
public final class Faces {
  private final Finder finder = Finder.load();
  private final Embedder embedder = Embedder.load();

  /** The best face of a photograph. */
  public Detection find(Picture photo) {
    return finder.detect(photo).getFirst();
  }

  /** What the second network knows of a face. */
  public Embedding embed(Picture photo, Detection face) {
    return embedder.embed(Alignment.ARCFACE_OF_BLAZEFACE.of(photo, face.landmarks()));
  }

  private Embedding tell(String name, Picture photo) {
    Detection face = find(photo);
    List<Point> points = face.landmarks();
    System.out.printf(
        Locale.ROOT,
        "%s: a face, %.0f %%, eyes at %s and %s, mouth at %s%n",
        name,
        100 * face.score(),
        text(points.get(0)),
        text(points.get(1)),
        text(points.get(3)));
    return embed(photo, face);
  }

  private static String text(Point point) {
    return String.format(Locale.ROOT, "%.0f,%.0f", point.x(), point.y());
  }

  /** The same photograph, turned by about 10 degrees and stretched by a tenth. */
  private static Picture turned(Picture photo) {
    int right = photo.width();
    int bottom = photo.height();
    return new Quadrilateral(
            new Point(30, -30),
            new Point(right + 30, 30),
            new Point(right - 30, bottom + 60),
            new Point(-30, bottom))
        .crop(photo);
  }

  public static void main(String[] files) throws IOException {
    Faces faces = new Faces();
    Picture first = PictureReader.read(Path.of(files[0]));
    Picture second = PictureReader.read(Path.of(files[1]));
    Embedding one = faces.tell("first", first);
    Embedding oneTurned = faces.tell("first, turned", turned(first));
    Embedding other = faces.tell("second", second);
    Embedding otherTurned = faces.tell("second, turned", turned(second));
    System.out.printf(
        Locale.ROOT,
        "one person: %.2f and %.2f%ntwo persons: %.2f and %.2f%n",
        one.similarity(oneTurned),
        other.similarity(otherTurned),
        one.similarity(other),
        oneTurned.similarity(otherTurned));
  }
}
