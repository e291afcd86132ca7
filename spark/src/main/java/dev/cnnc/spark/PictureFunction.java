package dev.cnnc.spark;

import dev.cnnc.runtime.GeneratedNetwork;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/**
 * What an executor computes for each row: {@code struct<answer, reason: string>}, one of which is
 * null. It is serialised for each stage, and contains no weights.
 */
record PictureFunction<N extends GeneratedNetwork>(
    Broadcast<Shared<N>> shared, Shared.Source<N> source, Question<N> question, Meters meters)
    implements UDF1<Object, Row> {

  @Override
  public Row call(@Nullable Object cell) {
    try {
      long begin = System.nanoTime();
      Input input = Input.of(cell);
      meters.reading().add(System.nanoTime() - begin);
      Object answer = answer(input);
      meters.answered().add(1);
      return RowFactory.create(answer, null);
    } catch (Refusal refusal) {
      meters.refused().add(1);
      return RowFactory.create(null, refusal.getMessage());
    }
  }

  private Object answer(Input input) throws Refusal {
    Shared<N> here = shared.value();
    N network = here.take(source, () -> meters.loads().add(1));
    long begin = System.nanoTime();
    try {
      return question.answer(network, input);
    } catch (IllegalArgumentException unfit) { // A size that the network does not take.
      throw new Refusal(String.valueOf(unfit.getMessage()));
    } finally {
      meters.computing().add(System.nanoTime() - begin);
      here.give(network);
    }
  }
}
