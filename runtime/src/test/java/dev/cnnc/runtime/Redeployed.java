package dev.cnnc.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** An application that is loaded by a class loader of its own, and never closes its network. */
public final class Redeployed implements Runnable {
  private final OneStep network = new OneStep(2);

  @Override
  public void run() {
    network.compute(8, 1, (from, to, worker) -> {});
  }

  /** Loads everything of this package again. */
  static final class Loader extends ClassLoader {
    Loader() {
      super(Redeployed.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null || !name.startsWith("dev.cnnc.runtime.")) {
          return known != null ? known : super.loadClass(name, resolve);
        }
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
          byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }
}
