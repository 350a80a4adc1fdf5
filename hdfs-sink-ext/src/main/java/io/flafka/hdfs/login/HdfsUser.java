package io.flafka.hdfs.login;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.PrivilegedExceptionAction;
import java.util.Objects;
import org.apache.hadoop.security.UserGroupInformation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user that a client of HDFS acts as.
 *
 * <p>One that logs in with a keytab is this client's own, not the JVM's: clients beside each other
 * may be different users, and none is disturbed by what other components log in as. Its ticket is
 * renewed until this is closed ({@link Renewal}).
 *
 * <p>For several threads.
 */
public final class HdfsUser implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(HdfsUser.class);

  private final Login login;

  /** Null for whoever the process is. */
  private final @Nullable UserGroupInformation user;

  private final @Nullable Renewal renewal;

  /** What is done as the user. */
  @FunctionalInterface
  public interface Call<T> {
    T make() throws IOException;
  }

  private HdfsUser(Login login, @Nullable UserGroupInformation user, @Nullable Renewal renewal) {
    this.login = login;
    this.user = user;
    this.renewal = renewal;
  }

  /**
   * Logs in.
   *
   * @throws IOException if the KDC can't be reached, or doesn't accept the keys
   */
  public static HdfsUser of(Login login) throws IOException {
    Login.Keytab keytab = login.keytab();
    if (keytab != null && !UserGroupInformation.isSecurityEnabled()) {
      log.warn(
          "hdfs.kerberosPrincipal = {} has no effect, since Hadoop's configuration doesn't ask for"
              + " Kerberos: if the cluster does, put the folder with its core-site.xml on the"
              + " agent's class path",
          keytab.principal());
      keytab = null;
    }
    if (keytab == null) {
      return new HdfsUser(login, proxy(login, null), null);
    }
    KeytabTicket ticket = KeytabTicket.take(keytab);
    UserGroupInformation user = proxy(login, ticket.user());
    return new HdfsUser(login, user, Renewal.start(ticket, keytab.principal()));
  }

  private static @Nullable UserGroupInformation proxy(
      Login login, @Nullable UserGroupInformation real) throws IOException {
    if (login.proxyUser() == null) {
      return real;
    }
    // The ticket of the JVM's own user is renewed by Hadoop.
    return UserGroupInformation.createProxyUser(
        login.proxyUser(), real == null ? UserGroupInformation.getLoginUser() : real);
  }

  /**
   * Makes a call as the user.
   *
   * @throws IOException what the call threw; if HDFS doesn't let the user in, it says what to do
   */
  public <T> T call(Call<T> call) throws IOException {
    try {
      return user == null ? call.make() : user.doAs((PrivilegedExceptionAction<T>) call::make);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  private IOException explained(IOException e) {
    String message = Objects.requireNonNullElse(e.getMessage(), "");
    String advice = Refusal.advice(message, login);
    if (advice == null) {
      return e;
    }
    return new IOException(message.lines().findFirst().orElse("") + ": " + advice, e);
  }

  @Override
  public String toString() {
    return user == null ? processUser() : user.toString();
  }

  private static String processUser() {
    try {
      return UserGroupInformation.getLoginUser().toString();
    } catch (IOException e) {
      return "the process's user, of whom Hadoop can't tell the name (" + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    if (renewal != null) {
      renewal.close();
    }
  }
}
