package dev.cnnc.vision;

/** A place in a picture, in pixels. */
public record Point(float x, float y) {}
