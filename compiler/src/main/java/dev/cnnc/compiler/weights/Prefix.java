package dev.cnnc.compiler.weights;

import java.util.Optional;
import java.util.Set;

/** What stands before every name of a file, as {@code module.} of PyTorch's DataParallel. */
final class Prefix {
  private Prefix() {}

  /**
   * The prefix with which a file has every tensor of a network, if it has none without.
   *
   * @param wanted names of the network
   * @param found names of the file
   */
  static Optional<String> of(Set<String> wanted, Set<String> found) {
    if (wanted.isEmpty() || wanted.stream().anyMatch(found::contains)) {
      return Optional.empty();
    }
    String first = wanted.iterator().next();
    return found.stream()
        .filter(name -> name.endsWith("." + first))
        .map(name -> name.substring(0, name.length() - first.length()))
        .filter(prefix -> wanted.stream().allMatch(name -> found.contains(prefix + name)))
        .findFirst();
  }
}
