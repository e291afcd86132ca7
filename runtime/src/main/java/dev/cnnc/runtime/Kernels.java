package dev.cnnc.runtime;

/** The kernels of a network at one width of vectors; generated code has them. */
public interface Kernels {}
