package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Computation.Reducer;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.Onnx.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Imports operators of quantised numbers. Those that compute with integers become: the numbers that
 * the integers stand for, the operator on numbers, and the rounding of its result.
 */
final class QuantizedOperators {

  /** The domain of ONNX Runtime's own operators, which its quantisation writes. */
  private static final String FOREIGN = "com.microsoft.";

  private static final long PER_CHANNEL = 0;

  private QuantizedOperators() {}

  static Map<String, Translator> all() {
    Map<String, Translator> all = new HashMap<>();
    all.put("QuantizeLinear", Translator.of(QuantizedOperators::quantize));
    all.put("DequantizeLinear", Translator.of(QuantizedOperators::dequantize));
    all.put("DynamicQuantizeLinear", QuantizedOperators::dynamic);
    all.put("QLinearConv", Translator.of(QuantizedOperators::conv));
    all.put("QLinearMatMul", Translator.of(QuantizedOperators::product));
    all.put("ConvInteger", QuantizedOperators::convOfIntegers);
    all.put("MatMulInteger", QuantizedOperators::productOfIntegers);
    all.put(FOREIGN + "QuantizeLinear", Translator.of(QuantizedOperators::quantize));
    all.put(FOREIGN + "DequantizeLinear", Translator.of(QuantizedOperators::dequantize));
    Map<String, Translator> plain = new HashMap<>(PoolOperators.all());
    plain.putAll(FunctionOperators.all());
    plain.putAll(ArithmeticOperators.all());
    for (String one : List.of("Sigmoid", "LeakyRelu", "GlobalAveragePool", "AveragePool")) {
      all.put(FOREIGN + "QLinear" + one, call -> around(call, of(plain, one), 1, 3));
    }
    for (String two : List.of("Add", "Mul")) {
      all.put(FOREIGN + "QLinear" + two, call -> around(call, of(plain, two), 2, 6));
    }
    all.put(FOREIGN + "QLinearConcat", QuantizedOperators::concat);
    return all;
  }

  private static Translator of(Map<String, Translator> all, String operator) {
    return Objects.requireNonNull(all.get(operator), operator);
  }

  /** Whether an operator may read integers of the model's input. */
  static boolean reads(String operator) {
    return operator.equals("DequantizeLinear")
        || operator.endsWith("Integer")
        || operator.startsWith("QLinear")
        || operator.startsWith(FOREIGN + "QLinear");
  }

  private static View quantize(Call call) throws Refusal {
    long told = call.whole("output_dtype", DataType.UINT8.number());
    DataType type = DataType.UINT8;
    for (DataType each : DataType.values()) {
      type = each.number() == told ? each : type;
    }
    return Quantized.at(call, 1).as(type).quantized(call.view(0));
  }

  private static View dequantize(Call call) throws Refusal {
    return Quantized.at(call, 1).dequantized(call.view(0));
  }

  /** The numbers of a constant of integers. */
  static Constant dequantized(Call call, Constant integers) throws Refusal {
    return Quantized.at(call, 1).dequantized(integers);
  }

  /** Input {@code i} with its scale and zero point behind it, as numbers. */
  private static Value numbers(Call call, int i, long axis) throws Refusal {
    Quantized given = Quantized.at(call, i + 1);
    Quantized it = new Quantized(call, given.scale(), given.zeroPoint(), given.type(), axis);
    return call.input(i) instanceof Value.Known(Constant integers)
        ? new Value.Known(it.dequantized(integers))
        : new Value.Computed(it.dequantized(call.view(i)));
  }

  /** The same node with other inputs; their names are those at these places. */
  private static Call with(Call call, List<Value> inputs, int... places) {
    List<String> names = call.node().inputs();
    List<String> kept =
        IntStream.of(places).mapToObj(i -> i < names.size() ? names.get(i) : "").toList();
    Onnx.Node node =
        new Onnx.Node(
            call.node().name(), call.operator(), kept, call.node().outputs(), call.attributes());
    return new Call(node, inputs, call.version(), call.draft(), call.past(), call.readers());
  }

  private static View conv(Call call) throws Refusal {
    Value x = numbers(call, 0, 1);
    Value weight = numbers(call, 3, PER_CHANNEL);
    List<Value> inputs = new ArrayList<>(List.of(x, weight));
    if (call.has(8)) {
      Constant scale = call.known(4, "scale");
      Constant both = scale.times(call.known(1, "scale").single());
      Constant bias = call.known(8, "bias");
      Quantized sums =
          new Quantized(
              call, new Value.Known(both), new Value.Absent(), DataType.INT32, PER_CHANNEL);
      inputs.add(new Value.Known(sums.dequantized(bias)));
    }
    View sum = SumOperators.conv(with(call, inputs, 0, 3, 8));
    return Quantized.at(call, 6).quantized(sum);
  }

  private static View product(Call call) throws Refusal {
    List<Value> inputs = List.of(numbers(call, 0, -2), numbers(call, 3, -1));
    return Quantized.at(call, 6).quantized(SumOperators.product(with(call, inputs, 0, 3)));
  }

  /** An operator between integers: {@code inputs} with scale and zero point, then the output's. */
  private static List<Value> around(Call call, Translator plain, int inputs, int output)
      throws Refusal {
    if (call.flag("channels_last")) {
      throw new Refusal("has its channels last", "export it with channels first");
    }
    List<Value> numbers = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      numbers.add(numbers(call, 3 * i, 1));
    }
    View result = call.view(plain.apply(with(call, numbers, places(inputs))).getFirst());
    return List.of(new Value.Computed(Quantized.at(call, output).quantized(result)));
  }

  private static int[] places(int inputs) {
    return IntStream.range(0, inputs).map(i -> 3 * i).toArray();
  }

  /** Scale and zero point of the output come first. */
  private static List<Value> concat(Call call) throws Refusal {
    List<Value> numbers = new ArrayList<>();
    for (int i = 2; i < call.inputs().size(); i += 3) {
      numbers.add(numbers(call, i, 1));
    }
    int[] places = IntStream.range(0, numbers.size()).map(i -> 2 + 3 * i).toArray();
    Translator plain = of(PartOperators.all(), "Concat");
    View result = call.view(plain.apply(with(call, numbers, places)).getFirst());
    return List.of(new Value.Computed(Quantized.at(call, 0).quantized(result)));
  }

  /** Input {@code i} less the zero point at {@code zero}. */
  private static Value centred(Call call, int i, int zero, long axis) throws Refusal {
    Quantized it = new Quantized(call, new Value.Absent(), call.input(zero), DataType.INT32, axis);
    return call.input(i) instanceof Value.Known(Constant integers)
        ? new Value.Known(it.centred(integers))
        : new Value.Computed(it.centred(call.view(i)));
  }

  private static List<Value> convOfIntegers(Call call) throws Refusal {
    List<Value> inputs = List.of(centred(call, 0, 2, 1), centred(call, 1, 3, PER_CHANNEL));
    return List.of(new Value.Computed(SumOperators.conv(with(call, inputs, 0, 1))));
  }

  private static List<Value> productOfIntegers(Call call) throws Refusal {
    List<Value> inputs = List.of(centred(call, 0, 2, -2), centred(call, 1, 3, -1));
    return List.of(new Value.Computed(SumOperators.product(with(call, inputs, 0, 1))));
  }

  /** The range of all numbers and zero, in 255 steps. */
  private static List<Value> dynamic(Call call) throws Refusal {
    Spelling it = new Spelling(call);
    View x = call.view(0);
    List<Integer> axes = IntStream.range(0, x.rank()).boxed().toList();
    View least = it.apply(it.reduced(x, Reducer.MIN, axes), clip(Double.NEGATIVE_INFINITY, 0));
    View most = it.apply(it.reduced(x, Reducer.MAX, axes), clip(0, Double.POSITIVE_INFINITY));
    View range = it.combine(Operator.SUB, most, least);
    Value steps = new Value.Known(Constant.of(List.of(), DataType.FLOAT, 255).named("steps"));
    View scale = it.combine(Operator.DIV, new Value.Computed(range), steps);
    View below = it.apply(it.combine(Operator.DIV, least, it.divisor(scale)), Elementary.NEG);
    View zero = it.apply(it.apply(below, Elementary.ROUND), clip(0, 255));
    View quotient = it.apply(it.combine(Operator.DIV, x, it.divisor(scale)), Elementary.ROUND);
    View integers = it.apply(it.combine(Operator.ADD, quotient, zero), clip(0, 255));
    return List.of(
        new Value.Computed(integers),
        new Value.Computed(call.layouts().reshaped(scale, List.of(), call.name())),
        new Value.Computed(call.layouts().reshaped(zero, List.of(), call.name())));
  }

  private static Activation clip(double least, double most) {
    return new Activation.Clip(least, most);
  }
}
