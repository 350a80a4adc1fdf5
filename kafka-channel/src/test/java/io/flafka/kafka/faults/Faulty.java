package io.flafka.kafka.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A client of Kafka's that works, but for the faults that a test plants: the next call of a method
 * fails before it does anything, or after it has done it, as a lost answer looks.
 *
 * @param <T> the interface of the client
 */
public final class Faulty<T> {
  private final T client;
  private final T sound;
  private final Deque<Fault> faults = new ArrayDeque<>();

  private record Fault(String method, boolean after, Action action) {}

  /** What happens. */
  public interface Action {
    void run() throws Exception;
  }

  public Faulty(Class<T> type, T sound) {
    this.sound = sound;
    this.client =
        type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> {
                  Fault fault = due(method.getName());
                  if (fault != null && !fault.after) {
                    fault.action.run();
                  }
                  Object result;
                  try {
                    result = method.invoke(sound, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                  if (fault != null && fault.after) {
                    fault.action.run();
                  }
                  return result;
                }));
  }

  /** With the faults. */
  public T client() {
    return client;
  }

  /** Without. */
  public T sound() {
    return sound;
  }

  /** The next call of the method fails, and does nothing. */
  public void before(String method, Action action) {
    faults.add(new Fault(method, false, action));
  }

  /** The next call of the method does its work, and fails. */
  public void after(String method, Action action) {
    faults.add(new Fault(method, true, action));
  }

  private synchronized @Nullable Fault due(String method) {
    Fault next = faults.peek();
    return next != null && next.method.equals(method) ? faults.remove() : null;
  }
}
