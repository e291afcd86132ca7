package dev.cnnc.compiler.testing;

import java.util.List;

/** Words of Java that no identifier, or not every one, can be. */
public final class JavaWords {

  /** JLS 3.9, as javac knows it. */
  public static final List<String> RESERVED =
      List.of(
          ("abstract assert boolean break byte case catch char class const continue default do"
                  + " double else enum extends final finally float for goto if implements import"
                  + " instanceof int interface long native new package private protected public"
                  + " return short static strictfp super switch synchronized this throw throws"
                  + " transient try void volatile while _ true false null")
              .split(" "));

  /** Those that are names elsewhere: JLS 3.9 again. */
  public static final List<String> CONTEXTUAL =
      List.of(
          ("exports module non open opens permits provides record requires sealed to transitive"
                  + " uses var when with yield")
              .split(" "));

  private JavaWords() {}
}
