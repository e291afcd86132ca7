package dev.cnnc.compiler.ir;

import java.util.List;

/**
 * One operation and its output, which are the same thing here.
 *
 * @param id its place in the graph's list; inputs have smaller ones
 * @param name dotted, unique in the graph, the prefix of its tensors' names: {@code layer1.0.conv1}
 * @param inputs ids of the nodes it reads
 * @param shape of the output
 * @param origin the text it came from; a fused node keeps the place of its conv
 */
public record Node(int id, String name, Op op, List<Integer> inputs, Shape shape, Origin origin) {

  public Node {
    inputs = List.copyOf(inputs);
  }
}
