package io.flafka.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that ask for a {@link Broker}, a {@link SecuredBroker} or an {@link Hdfs} the one of
 * this test run.
 *
 * <p>Each is started when the first test asks for it, and stopped when the last test is over; tests
 * share it, so they use names of their own for topics, groups and folders, and restart what they
 * kill. Logs stay in {@code target/testbed}.
 */
public final class TestbedExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace TEST_RUN =
      ExtensionContext.Namespace.create(TestbedExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Broker.class || type == SecuredBroker.class || type == Hdfs.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store = context.getRoot().getStore(TEST_RUN);
    Class<?> type = parameter.getParameter().getType();
    return store.getOrComputeIfAbsent(type, TestbedExtension::start);
  }

  private static Object start(Class<?> type) {
    try {
      Path parent = Path.of("target", "testbed").toAbsolutePath();
      Files.createDirectories(parent);
      Path folder = Files.createTempDirectory(parent, type.getSimpleName());
      if (type == Broker.class) {
        return Broker.start(folder, JavaProcess.Lifetime.LEASHED, Map.of());
      }
      return type == SecuredBroker.class
          ? SecuredBroker.start(folder, JavaProcess.Lifetime.LEASHED)
          : Hdfs.start(folder, JavaProcess.Lifetime.LEASHED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
