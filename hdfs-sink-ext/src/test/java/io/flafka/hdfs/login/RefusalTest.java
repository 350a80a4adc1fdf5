package io.flafka.hdfs.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private static final Login WITH_KEYTAB =
      new Login(new Login.Keytab("flume@EXAMPLE.COM", Path.of("/k")), "alice");

  @Test
  void saysWhatTheNameNodeNeedsToLetOneUserActForAnother() {
    assertThat(Refusal.advice("User: flume is not allowed to impersonate alice", WITH_KEYTAB))
        .contains("hdfs.proxyUser = alice")
        .contains("hadoop.proxyuser.<user>.hosts");
  }

  @Test
  void tellsAMissingTicketFromAnExpiredOne() {
    String failure = "Client cannot authenticate via:[TOKEN, KERBEROS]";
    assertThat(Refusal.advice(failure, Login.OF_PROCESS)).contains("hdfs.kerberosKeytab");
    assertThat(Refusal.advice(failure, WITH_KEYTAB)).contains("flume@EXAMPLE.COM has expired");
  }

  @Test
  void asksForTheClustersConfigurationWhereThereIsNone() {
    String failure = "SIMPLE authentication is not enabled.  Available:[TOKEN, KERBEROS]";
    assertThat(Refusal.advice(failure, Login.OF_PROCESS)).contains("core-site.xml");
  }

  @Test
  void hasNothingToSayAboutOtherFailures() {
    assertThat(Refusal.advice("disk full", WITH_KEYTAB)).isNull();
  }
}
