import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.PictureReader;
import dev.cnnc.runtime.Prediction;
import dev.cnnc.vision.Line;
import dev.cnnc.vision.Quadrilateral;
import dev.cnnc.vision.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the text in a photograph: finds its lines, cuts each out, turns it upright, reads it. */
public final class Ocr {
  private final Finder finder = Finder.load();
  private final Direction direction = Direction.load();
  private final Reader reader = Reader.load();

  /** The lines of a photograph, in the order of reading. */
  public List<Line> read(Picture photo) {
    List<Line> lines = new ArrayList<>();
    for (Region region : finder.detect(photo)) {
      lines.add(reader.read(upright(region.corners().lying(), photo).crop(photo)));
    }
    return lines;
  }

  private Quadrilateral upright(Quadrilateral place, Picture photo) {
    Prediction stands = direction.classify(place.crop(photo)).getFirst();
    boolean upsideDown = stands.label().equals("upside down") && stands.probability() > 0.9;
    return upsideDown ? place.turned(2) : place;
  }

  public static void main(String[] files) throws IOException {
    for (Line line : new Ocr().read(PictureReader.read(Path.of(files[0])))) {
      System.out.println(line.text());
    }
  }
}
