package dev.cnnc.compiler.plan.kernel;

import dev.cnnc.compiler.ir.Activation;

/** What a conv does to its input while it reads it, so that the result never lies in memory. */
public sealed interface Prologue {

  record None() implements Prologue {}

  /** {@code function(x * factor + shift)}, channel by channel. Weights: factor, shift. */
  record Scale(Activation function) implements Prologue {}

  /** {@code x * factor}, one number a channel, which is read last. */
  record Gate() implements Prologue {}
}
