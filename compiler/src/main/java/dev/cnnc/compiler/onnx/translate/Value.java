package dev.cnnc.compiler.onnx.translate;

/** What a name of the model stands for while it is translated. */
sealed interface Value {

  /** Known now. */
  record Known(Constant constant) implements Value {}

  /** Known when the network runs. */
  record Computed(View view) implements Value {}

  /** Nobody will ever know: whoever needs it cannot be imported, for reasons told elsewhere. */
  record Lost() implements Value {}

  /** Left out. */
  record Absent() implements Value {}
}
