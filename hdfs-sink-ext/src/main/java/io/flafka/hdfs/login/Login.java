package io.flafka.hdfs.login;

import io.flafka.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.authentication.util.KerberosUtil;
import org.jspecify.annotations.Nullable;

/**
 * Who a sink is to HDFS, as it is configured.
 *
 * @param keytab null for whoever the process is: the user that runs the agent, with his ticket
 *     cache where Hadoop's configuration asks for Kerberos
 * @param proxyUser for whom files are written, by the user that logs in; null for that user himself
 */
public record Login(@Nullable Keytab keytab, @Nullable String proxyUser) {
  /** As the process, for nobody else. */
  public static final Login OF_PROCESS = new Login(null, null);

  private static final String PRINCIPAL = "hdfs.kerberosPrincipal";
  private static final String KEYTAB = "hdfs.kerberosKeytab";
  private static final String PROXY_USER = "hdfs.proxyUser";
  private static final Pattern ANY = Pattern.compile(".*");

  /**
   * A principal and the file with its keys.
   *
   * @param principal without {@code _HOST}
   */
  public record Keytab(String principal, Path file) {}

  /** Reads the three keys, and looks into the keytab. */
  public static Login parse(Settings settings) {
    String principal = settings.text(PRINCIPAL, "");
    String keytab = settings.text(KEYTAB, "");
    String proxyUser = settings.text(PROXY_USER, "");
    return new Login(
        principal.isEmpty() && keytab.isEmpty() ? null : keytab(settings, principal, keytab),
        proxyUser.isEmpty() ? null : proxyUser);
  }

  private static @Nullable Keytab keytab(Settings settings, String principal, String file) {
    if (file.isEmpty()) {
      settings.problem(KEYTAB, "it takes the file with the keys of " + PRINCIPAL);
      return null;
    }
    if (principal.isEmpty()) {
      settings.problem(PRINCIPAL, "it takes one of the principals in " + KEYTAB + " = " + file);
      return null;
    }
    try {
      Keytab keytab = new Keytab(SecurityUtil.getServerPrincipal(principal, ""), Path.of(file));
      check(settings, keytab);
      return keytab;
    } catch (InvalidPathException e) {
      settings.problem(KEYTAB, "it takes a file (" + e.getMessage() + ")");
    } catch (IOException e) {
      settings.problem(PRINCIPAL, "the name of this host, for _HOST, is unknown (" + e + ")");
    }
    return null;
  }

  private static void check(Settings settings, Keytab keytab) {
    if (!Files.isRegularFile(keytab.file()) || !Files.isReadable(keytab.file())) {
      settings.problem(
          KEYTAB,
          "there is no such file, or "
              + System.getProperty("user.name")
              + ", as whom the agent runs, may not read it");
      return;
    }
    List<String> held;
    try {
      held = Arrays.asList(KerberosUtil.getPrincipalNames(keytab.file().toString(), ANY));
    } catch (IOException | RuntimeException e) {
      settings.problem(KEYTAB, "it can't be read as a keytab (" + e + ")");
      return;
    }
    if (held.stream().noneMatch(name -> isSame(name, keytab.principal()))) {
      settings.problem(
          PRINCIPAL,
          (keytab.principal().equals(settings.text(PRINCIPAL, "")) ? "" : keytab.principal() + " ")
              + "is not in "
              + KEYTAB
              + " = "
              + keytab.file()
              + ", which holds the keys of "
              + (held.isEmpty() ? "nobody" : String.join(", ", held)));
    }
  }

  /** A principal without a realm is of the default one, which krb5.conf names. */
  private static boolean isSame(String full, String principal) {
    return full.equals(principal)
        || (principal.indexOf('@') < 0 && full.startsWith(principal + "@"));
  }
}
