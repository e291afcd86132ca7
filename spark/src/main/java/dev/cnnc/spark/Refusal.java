package dev.cnnc.spark;

/** Why there is no answer about a picture. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  Refusal(String reason) {
    super(reason);
  }

  /** A stack for each bad picture of millions says nothing. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
