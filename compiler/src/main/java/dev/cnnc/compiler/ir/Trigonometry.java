package dev.cnnc.compiler.ir;

/** Functions of an angle or of a hyperbola that no formula gives with few roundings. */
public enum Trigonometry {
  SIN("Sin"),
  COS("Cos"),
  ATAN("Atan"),
  SINH("Sinh"),
  COSH("Cosh"),
  ASINH("Asinh"),
  ACOSH("Acosh"),
  ATANH("Atanh");

  private final String operator;

  Trigonometry(String operator) {
    this.operator = operator;
  }

  /** The operator of ONNX that computes it. */
  public String operator() {
    return operator;
  }
}
