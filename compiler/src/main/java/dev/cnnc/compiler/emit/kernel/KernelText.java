package dev.cnnc.compiler.emit.kernel;

import java.util.List;

/**
 * How a kernel is written.
 *
 * @param entry what layers call
 * @param needs what it uses of what kernels share
 * @param writer its text at one width
 */
public record KernelText(Entry entry, List<Need> needs, Writer writer) {
  public KernelText {
    needs = List.copyOf(needs);
  }

  /** Writes the entry, and with it all that it calls. */
  interface Writer {
    KernelMethod at(Parts parts);
  }

  /** A kernel that shares nothing and is one text, rendered at every width. */
  static KernelText plain(Entry entry, String doc, String body, KernelMethod... calls) {
    KernelMethod method = entry.method(doc, body, List.of(calls));
    return new KernelText(entry, List.of(), _ -> method);
  }

  KernelMethod method(Parts parts) {
    return writer.at(parts);
  }
}
