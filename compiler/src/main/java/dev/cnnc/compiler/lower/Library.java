package dev.cnnc.compiler.lower;

import java.util.List;

/**
 * A file of blocks alone, which networks use.
 *
 * @param blocks what it offers, such as {@code block bottleneck(filters, stride: 1)}
 */
public record Library(List<String> blocks) {

  public Library {
    blocks = List.copyOf(blocks);
  }
}
