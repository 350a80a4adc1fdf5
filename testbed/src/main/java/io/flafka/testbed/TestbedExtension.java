package io.flafka.testbed;

import io.flafka.testbed.JavaProcess.Lifetime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that ask for a {@link Broker}, a {@link SecuredBroker}, a {@link Cluster}, an {@link
 * Hdfs} or a {@link SecuredHdfs} the one of this test run.
 *
 * <p>Each is started when the first test asks for it, and stopped when the last test is over; tests
 * share it, so they use names of their own for topics, groups and folders, and restart what they
 * kill. Logs stay in {@code target/testbed}.
 */
public final class TestbedExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace TEST_RUN =
      ExtensionContext.Namespace.create(TestbedExtension.class);

  private static final Map<Class<?>, Start> STARTS =
      Map.of(
          Broker.class, folder -> Broker.start(folder, Lifetime.LEASHED, Map.of()),
          SecuredBroker.class, folder -> SecuredBroker.start(folder, Lifetime.LEASHED),
          Cluster.class, folder -> Cluster.start(folder, Lifetime.LEASHED),
          Hdfs.class, folder -> Hdfs.start(folder, Lifetime.LEASHED),
          SecuredHdfs.class, folder -> SecuredHdfs.start(folder, Lifetime.LEASHED));

  private interface Start {
    AutoCloseable in(Path folder) throws IOException;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return STARTS.containsKey(parameter.getParameter().getType());
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
      return Objects.requireNonNull(STARTS.get(type)).in(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
