package dev.cnnc.compiler.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A machine that takes a millisecond for every step, and for the work around them. */
public final class HandmadeProfile {
  private HandmadeProfile() {}

  /**
   * Writes its profile.
   *
   * @param compiler the version of cnnc that made it
   */
  public static Path write(Path file, String compiler) throws IOException {
    MachineProfile.Host host =
        new MachineProfile.Host(
            "2026-11-30", compiler, "a slow CPU", List.of(), "25", List.of(), 8, 1);
    ReadSpeed speed = new ReadSpeed(List.of(new ReadSpeed.Point(1024, 0.5)));
    KindFactors any = new KindFactors(Map.of("step", 1e6), 9, 0.1);
    MachineProfile profile =
        new MachineProfile(host, 100, 0.05, speed, Map.of(Work.ANY, any), Map.of());
    return Files.writeString(file, ProfileFile.text(profile));
  }
}
