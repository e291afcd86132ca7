package dev.cnnc.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Says on standard error what takes so long, from the third second on: a line that changes where a
 * person looks, else one line for each stage that lasts.
 *
 * <p>A command that ends sooner prints nothing, and after {@link #close} nothing is left on the
 * screen.
 */
final class Progress implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int TICK_MILLISECONDS = 100;
  private static final String ERASE = "\r\033[K";
  private static final String SPINNER = "|/-\\";

  private final PrintWriter err;
  private final boolean live;
  private final long patience;
  private final long start = System.nanoTime();
  private final Thread thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::show);

  private volatile String stage = "";
  private volatile boolean closed;

  Progress(Terminal terminal) {
    this(terminal, PATIENCE);
  }

  /** For tests, which have more patience, or none. */
  Progress(Terminal terminal, Duration patience) {
    this.patience = patience.toNanos();
    err = terminal.err();
    live = terminal.colourful();
    thread.start();
  }

  /** What happens from now on. */
  void stage(String name) {
    stage = name;
  }

  private void show() {
    String said = "";
    boolean shown = false;
    for (int tick = 0; !closed; tick++) {
      long nanoseconds = System.nanoTime() - start;
      String now = stage;
      boolean due = nanoseconds >= patience && !now.isEmpty();
      if (due && live) {
        err.print(line(tick, now, nanoseconds));
        err.flush();
        shown = true;
      } else if (due && !headline(now).equals(said)) {
        said = headline(now);
        err.println("cnnc: " + said + " ...");
        err.flush();
      }
      try {
        Thread.sleep(TICK_MILLISECONDS);
      } catch (InterruptedException _) {
        // Only close interrupts.
        break;
      }
    }
    if (shown) {
      err.print(ERASE);
      err.flush();
    }
  }

  private static String line(int tick, String stage, long nanoseconds) {
    return String.format(
        Locale.ROOT,
        "%s%s %s, %.1f s",
        ERASE,
        SPINNER.charAt(tick % SPINNER.length()),
        stage,
        nanoseconds / 1e9);
  }

  /** What stands before the comma: steps within a stage are for a live line only. */
  private static String headline(String stage) {
    int comma = stage.indexOf(", ");
    return comma < 0 ? stage : stage.substring(0, comma);
  }

  /** Ends the display; nothing is written afterwards. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
