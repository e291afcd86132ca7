package com.example.deeper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void givesThreeScores() {
    assertEquals(3, Other_2x.load().run(new float[16]).length);
  }
}
