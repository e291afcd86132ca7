package dev.cnnc.compiler.onnx.translate;

/** The meaning of a name of the model during the translation. */
sealed interface Value {

  /** A value that is known during the import. */
  record Known(Constant constant) implements Value {}

  /** A value that the network computes. */
  record Computed(View view) implements Value {}

  /**
   * The output of a node that cannot be imported; its readers are lost too, and the reason is
   * reported elsewhere.
   */
  record Lost() implements Value {}

  /** An omitted input. */
  record Absent() implements Value {}
}
