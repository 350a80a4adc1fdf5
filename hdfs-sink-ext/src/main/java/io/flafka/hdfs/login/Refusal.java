package io.flafka.hdfs.login;

import org.jspecify.annotations.Nullable;

/** Why HDFS doesn't let a user in, by the words that Hadoop has for it, and what helps. */
enum Refusal {
  IMPERSONATION("is not allowed to impersonate") {
    @Override
    String advice(Login login) {
      return "hdfs.proxyUser = "
          + login.proxyUser()
          + " takes hadoop.proxyuser.<user>.hosts and hadoop.proxyuser.<user>.groups (or .users)"
          + " in the NameNode's core-site.xml, where <user> is the short name of the one who logs"
          + " in; 'hdfs dfsadmin -refreshSuperUserGroupsConfiguration' makes them known";
    }
  },
  NO_TICKET("Client cannot authenticate via:") {
    @Override
    String advice(Login login) {
      return NO_TGT.advice(login);
    }
  },
  NO_TGT("Failed to find any Kerberos") {
    @Override
    String advice(Login login) {
      return login.keytab() == null
          ? "HDFS asks for Kerberos: set hdfs.kerberosPrincipal and hdfs.kerberosKeytab, or give"
              + " the user that runs the agent a ticket (kinit)"
          : "the ticket of "
              + login.keytab().principal()
              + " has expired and can't be renewed: a warning in the log says why";
    }
  },
  SIMPLE("SIMPLE authentication is not enabled") {
    @Override
    String advice(Login login) {
      return "HDFS asks for Kerberos, and Hadoop's configuration here doesn't: put the folder with"
          + " the cluster's core-site.xml on the agent's class path, and set"
          + " hdfs.kerberosPrincipal and hdfs.kerberosKeytab";
    }
  };

  private final String words;

  Refusal(String words) {
    this.words = words;
  }

  abstract String advice(Login login);

  /** What helps against a failure, or null if it is of another kind. */
  static @Nullable String advice(String failure, Login login) {
    for (Refusal refusal : values()) {
      if (failure.contains(refusal.words)) {
        return refusal.advice(login);
      }
    }
    return null;
  }
}
