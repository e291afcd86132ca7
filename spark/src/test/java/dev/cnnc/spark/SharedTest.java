package dev.cnnc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.spark.networks.Lenet5;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One load, one instance for each thread at a time, and only names on the way. */
class SharedTest {
  private static final Shared.Source<Lenet5> SOURCE =
      new Shared.Source<>(Lenet5::load, Lenet5::fork);

  @Test
  void instancesAreUsedAgain() {
    List<String> loads = new ArrayList<>();
    Shared<Lenet5> shared = new Shared<>();
    Lenet5 one = shared.take(SOURCE, () -> loads.add("load"));
    Lenet5 two = shared.take(SOURCE, () -> loads.add("load"));
    assertThat(two).isNotSameAs(one);
    shared.give(two);
    shared.give(one);
    assertThat(shared.take(SOURCE, () -> loads.add("load"))).isSameAs(one);
    assertThat(shared.take(SOURCE, () -> loads.add("load"))).isSameAs(two);
    assertThat(shared.take(SOURCE, () -> loads.add("load"))).isNotSameAs(one).isNotSameAs(two);
    assertThat(loads).hasSize(1);
  }

  @Test
  void whatTravelsIsSmall() throws IOException, ClassNotFoundException {
    Shared<Lenet5> shared = new Shared<>();
    shared.give(shared.take(SOURCE, () -> {}));
    assertThat(bytes(shared)).hasSizeLessThan(100);
    assertThat(bytes(SOURCE)).hasSizeLessThan(2000);
    @SuppressWarnings("unchecked")
    Shared<Lenet5> there = (Shared<Lenet5>) object(bytes(shared));
    @SuppressWarnings("unchecked")
    Shared.Source<Lenet5> source = (Shared.Source<Lenet5>) object(bytes(SOURCE));
    List<String> loads = new ArrayList<>();
    Lenet5 network = there.take(source, () -> loads.add("load"));
    assertThat(loads).hasSize(1);
    assertThat(network.run(new float[784])).isEqualTo(Lenet5.load().run(new float[784]));
  }

  private static byte[] bytes(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object object(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }
}
