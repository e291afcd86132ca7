package dev.cnnc.cli;

import dev.cnnc.compiler.calibrate.ThisHost;
import dev.cnnc.compiler.predict.KindFactors;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.MachineProfile.Host;
import dev.cnnc.compiler.predict.ProfileFile;
import dev.cnnc.compiler.predict.ReadSpeed;
import dev.cnnc.compiler.predict.Sharing;
import dev.cnnc.compiler.predict.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A profile made by hand: 0.1 ns for each multiplication of an fc, 1 ns for each float of the
 * input, 250 ns for any other step. With two threads, a step that is not shared takes half as long
 * again; the longest share of others takes a tenth longer, and 300 ns.
 */
final class SomeProfile {
  private SomeProfile() {}

  static Path write(Path folder, String compiler) throws IOException {
    Host here = ThisHost.describe();
    Host host =
        new Host("2026-11-30", compiler, "some CPU", List.of(), here.java(), here.flags(), 8, 1);
    return Files.writeString(
        folder.resolve("edge.profile.json"),
        ProfileFile.text(
            new MachineProfile(
                host,
                100,
                0.05,
                new ReadSpeed(List.of(new ReadSpeed.Point(1024, 0.5))),
                Map.of(
                    "Fc F32",
                    new KindFactors(Map.of("multiplications", 0.1), 9, 0.1),
                    Work.OUTSIDE,
                    new KindFactors(Map.of("in", 1.0), 9, 0.1),
                    Work.ANY,
                    new KindFactors(Map.of("step", 250.0), 9, 0.1)),
                Map.of(
                    2, new Sharing(1.5, Map.of(Work.ANY, new Sharing.Shared(1.1, 300)), 0.06)))));
  }
}
