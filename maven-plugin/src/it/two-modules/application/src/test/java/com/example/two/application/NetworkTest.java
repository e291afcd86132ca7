package com.example.two.application;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.two.networks.First;
import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void networksOfBothModulesRun() {
    assertEquals(3, First.load().run(new float[16]).length);
    assertEquals(3, Second.load().run(new float[16]).length);
  }
}
