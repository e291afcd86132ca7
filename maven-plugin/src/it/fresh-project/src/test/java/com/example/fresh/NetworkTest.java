package com.example.fresh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void givesThreeScores() {
    assertEquals(3, Tiny.load().run(new float[16]).length);
  }
}
