package io.flafka;

import java.util.List;
import java.util.Objects;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.flume.NamedComponent;
import org.apache.flume.conf.Configurable;
import org.apache.flume.lifecycle.LifecycleAware;
import org.apache.flume.lifecycle.LifecycleState;
import org.jspecify.annotations.Nullable;

/**
 * The component behind a type.
 *
 * <p>It is loaded when it is configured, not when it is made: Flume drops a component whose
 * configuration fails and goes on, but gives up the whole agent when one can't be made.
 *
 * @param <T> what Flume takes it for; the component is configurable besides
 */
final class Isolated<T extends NamedComponent & LifecycleAware> {
  private final String className;
  private final Class<T> type;
  private final List<String> needs;
  private @Nullable String name;
  private @Nullable T component;

  /**
   * Loads nothing yet.
   *
   * @param needs classes that the component can't do without and that the plugin doesn't bring
   */
  Isolated(Class<T> type, String className, String... needs) {
    this.type = type;
    this.className = className;
    this.needs = List.of(needs);
  }

  void setName(String name) {
    this.name = name;
  }

  @Nullable String getName() {
    return name;
  }

  void configure(Context context) {
    T component = this.component;
    if (component == null) {
      needs.forEach(Isolation::require);
      component = Isolation.create(className, type);
      component.setName(name);
    }
    try {
      ((Configurable) component).configure(context);
    } catch (LinkageError e) {
      throw new FlumeException(Isolation.explain(className, e), e);
    }
    this.component = component;
  }

  T get() {
    return Objects.requireNonNull(component, () -> className + " was never configured");
  }

  /** Starts the component; an Error becomes an exception, for Flume would hang on an Error. */
  void start() {
    try {
      get().start();
    } catch (LinkageError e) {
      throw new FlumeException(Isolation.explain(className, e), e);
    } catch (Error e) {
      throw new FlumeException(className + " " + name + " died at start", e);
    }
  }

  void stop() {
    get().stop();
  }

  LifecycleState getLifecycleState() {
    return component == null ? LifecycleState.IDLE : component.getLifecycleState();
  }
}
