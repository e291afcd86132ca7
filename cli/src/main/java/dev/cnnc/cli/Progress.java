package dev.cnnc.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Reports on standard error what takes long, from the third second on: on a terminal in a line that
 * changes, otherwise with one line for each long stage.
 *
 * <p>A command that ends sooner prints nothing, and {@link #close} clears the line.
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

  /** For tests, with another patience. */
  Progress(Terminal terminal, Duration patience) {
    this.patience = patience.toNanos();
    err = terminal.err();
    live = terminal.colourful();
    thread.start();
  }

  /** Sets the current stage. */
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
        // Only close() interrupts.
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

  /** The text before the comma. Steps within a stage are shown only in a changing line. */
  private static String headline(String stage) {
    int comma = stage.indexOf(", ");
    return comma < 0 ? stage : stage.substring(0, comma);
  }

  /** Ends the display. Nothing is written afterwards. */
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
