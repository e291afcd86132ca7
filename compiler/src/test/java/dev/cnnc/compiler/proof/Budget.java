package dev.cnnc.compiler.proof;

/**
 * How much is tried. Counts alone, so that no clock decides what is found.
 *
 * @param seed of the first; the next has the next number
 * @param networks random networks
 * @param files damaged files, of all kinds together
 * @param histories of instances
 */
record Budget(long seed, int networks, int files, int histories) {

  private static final long SEED = 1_000_000;

  /** What the properties say; without them, the slice that every build tries. */
  static Budget given() {
    return new Budget(
        Long.getLong("proof.seed", SEED),
        Integer.getInteger("proof.networks", 30),
        Integer.getInteger("proof.files", 3_500),
        Integer.getInteger("proof.histories", 10));
  }

  /** The command that tries one of them again, and nothing else. */
  static String repeat(String what, long seed) {
    StringBuilder command =
        new StringBuilder("mvn verify -Pproof -pl compiler -am -Dproof.seed=" + seed);
    for (String each : new String[] {"networks", "files", "histories"}) {
      command.append(" -Dproof.").append(each).append('=').append(each.equals(what) ? 1 : 0);
    }
    return command.toString();
  }
}
