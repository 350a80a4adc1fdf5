package io.flafka.hdfs.login;

import java.io.IOException;
import java.security.PrivilegedAction;
import java.time.Duration;
import org.apache.hadoop.security.UserGroupInformation;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/** The Kerberos ticket of a user with a keytab. */
final class KeytabTicket implements Ticket {
  /** Kerberos, by the number of its mechanism. */
  private static final String KERBEROS = "1.2.840.113554.1.2.2";

  private final Login.Keytab keytab;
  private final UserGroupInformation user;

  private KeytabTicket(Login.Keytab keytab, UserGroupInformation user) {
    this.keytab = keytab;
    this.user = user;
  }

  static KeytabTicket take(Login.Keytab keytab) throws IOException {
    return new KeytabTicket(keytab, logIn(keytab));
  }

  private static UserGroupInformation logIn(Login.Keytab keytab) throws IOException {
    try {
      return UserGroupInformation.loginUserFromKeytabAndReturnUGI(
          keytab.principal(), keytab.file().toString());
    } catch (IOException e) {
      throw new IOException(
          "can't log in as "
              + keytab.principal()
              + " with hdfs.kerberosKeytab = "
              + keytab.file()
              + " ("
              + rootOf(e)
              + "): check that the KDC which krb5.conf names is up, that the keys are its latest,"
              + " and this host's clock",
          e);
    }
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  UserGroupInformation user() {
    return user;
  }

  @Override
  public Duration remaining() {
    return user.doAs((PrivilegedAction<Duration>) KeytabTicket::ofCurrentUser);
  }

  private static Duration ofCurrentUser() {
    try {
      GSSCredential credential =
          GSSManager.getInstance()
              .createCredential(
                  null,
                  GSSCredential.DEFAULT_LIFETIME,
                  new Oid(KERBEROS),
                  GSSCredential.INITIATE_ONLY);
      return Duration.ofSeconds(credential.getRemainingLifetime());
    } catch (GSSException e) {
      return Duration.ZERO; // There is none, or none that is valid.
    }
  }

  @Override
  public void renew() throws IOException {
    // A login that fails would cost the old ticket, which is still good for a while: so try first.
    logIn(keytab);
    user.reloginFromKeytab();
  }
}
