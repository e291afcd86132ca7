package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.emit.Emitter;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.load.JavaInMemory;

/** Emits and compiles them for this JVM, which takes a JDK. */
final class CompiledHere implements NetworkClasses {

  @Override
  public Compiled of(Network improved) {
    return of(Backend.here(improved));
  }

  static Compiled of(Backend backend) {
    Emitter.Emitted java = backend.java();
    return new Compiled(java.className(), JavaInMemory.compile(java.sources()));
  }
}
