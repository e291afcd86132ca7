package dev.cnnc.compiler.predict;

import dev.cnnc.compiler.predict.MachineProfile.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a profile does not hold for. */
public final class Foreign {
  private Foreign() {}

  /**
   * Why a profile says nothing about what this compiler emits, if it does not.
   *
   * @param compiler the version of this one
   */
  public static Optional<String> compiler(Host profile, String compiler) {
    return profile.compiler().equals(compiler)
        ? Optional.empty()
        : Optional.of(
            "it was made by cnnc %s, and this is cnnc %s, whose kernels may differ"
                .formatted(profile.compiler(), compiler));
  }

  /**
   * How the machine of a profile differs from this one, in sentences; empty if it is this one.
   *
   * @param here what runs now
   */
  public static List<String> machine(Host profile, Host here) {
    List<String> differences = new ArrayList<>();
    differ("the CPU", profile.cpu(), here.cpu(), differences);
    differ("Java", profile.java(), here.java(), differences);
    differ("the flags of Java", profile.flags(), here.flags(), differences);
    differ("the vectors", floats(profile), floats(here), differences);
    return differences;
  }

  private static String floats(Host host) {
    return host.lanes() + " floats";
  }

  private static void differ(String what, Object there, Object here, List<String> differences) {
    if (!there.equals(here)) {
      differences.add("%s: %s there, %s here".formatted(what, there, here));
    }
  }
}
