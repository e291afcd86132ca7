package dev.cnnc.spark;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A function from pictures to answers of a network.
 *
 * <p>It takes a column of binary (the {@code content} of Spark's binaryFile source: PNG, JPEG, GIF,
 * BMP, TIFF), of structs of Spark's image source, or of arrays of float or double. Such an array is
 * the input of the network, in the order channels, rows, columns, and the preprocess clause does
 * not see it.
 *
 * <p>It gives {@code struct<ANSWER, reason: string>}, in which one of the two is null. A reason
 * says why there is no answer: the file is damaged or no picture, the size does not fit, the cell
 * is null.
 *
 * <p>The optimizer of Spark takes it for non-deterministic, though results have the same bits
 * everywhere. Otherwise it would compute the network again for a filter on the answer.
 */
public final class PictureColumn {
  private final SparkSession session;
  private final StructType type;
  private final boolean takesNumbers;
  private final UserDefinedFunction function;

  private PictureColumn(
      SparkSession session, StructType type, boolean takesNumbers, UserDefinedFunction function) {
    this.session = session;
    this.type = type;
    this.takesNumbers = takesNumbers;
    this.function = function;
  }

  static PictureColumn of(SparkSession session, String network, PictureFunction<?> work) {
    Question<?> question = work.question();
    StructType type =
        DataTypes.createStructType(
            new StructField[] {
              DataTypes.createStructField(question.field(), question.type(), true),
              DataTypes.createStructField("reason", DataTypes.StringType, true)
            });
    UserDefinedFunction function =
        functions
            .udf(work, type)
            .withName(network + " " + question.field())
            .asNonNullable()
            .asNondeterministic();
    return new PictureColumn(session, type, question.takesNumbers(), function);
  }

  /** The type of the answers. */
  public StructType type() {
    return type;
  }

  /**
   * The answers about a column, for {@code select} and {@code withColumn}. A column of another type
   * fails the job.
   */
  public Column of(Column pictures) {
    return function.apply(pictures);
  }

  /** The same dataset with the column {@code answer}: see {@link #on(Dataset, String, String)}. */
  public Dataset<Row> on(Dataset<Row> pictures, String column) {
    return on(pictures, column, "answer");
  }

  /**
   * The same dataset with a column of answers.
   *
   * @param column that of the pictures; {@code image.data} names a field
   * @param answer the new column, which replaces one of this name
   * @throws IllegalArgumentException if the column holds neither pictures nor numbers
   */
  public Dataset<Row> on(Dataset<Row> pictures, String column, String answer) {
    DataType held = pictures.select(column).schema().fields()[0].dataType();
    Input.complaint(held, takesNumbers)
        .ifPresent(
            complaint -> {
              throw new IllegalArgumentException(column + ": " + complaint);
            });
    return pictures.withColumn(answer, of(pictures.col(column)));
  }

  /**
   * Makes it a function of SQL in the session: {@code SELECT read_digit(content).classes[0].label}.
   */
  public void register(String name) {
    session.udf().register(name, function);
  }
}
