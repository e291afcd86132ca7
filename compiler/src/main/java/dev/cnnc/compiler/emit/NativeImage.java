package dev.cnnc.compiler.emit;

/**
 * What GraalVM's native-image must know of an emitted class. It calls nothing by reflection, and
 * reads one resource: its weights.
 */
public final class NativeImage {
  private NativeImage() {}

  /** Where native-image looks, in a jar as in a folder of classes. */
  public static String path(String className) {
    return "META-INF/native-image/dev.cnnc/" + className + "/reachability-metadata.json";
  }

  /** The content of that file. */
  public static String text(String className) {
    return """
    {
      "resources": [
        {
          "glob": "%s.weights"
        }
      ]
    }
    """
        .formatted(className.replace('.', '/'));
  }
}
