package io.flafka.hdfs.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.apache.hadoop.security.SecurityUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  @TempDir private Path folder;

  private static Login parse(String... keys) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keys.length; i += 2) {
      values.put(keys[i], keys[i + 1]);
    }
    Settings settings = new Settings("sink k1", new Context(values));
    Login login = Login.parse(settings);
    return settings.complete(() -> login);
  }

  private Login parse(Path keytab, String principal) {
    return parse("hdfs.kerberosKeytab", keytab.toString(), "hdfs.kerberosPrincipal", principal);
  }

  private Path keytab(String realm, String... names) throws IOException {
    return Keytabs.write(folder.resolve("flume.keytab"), realm, names);
  }

  @Test
  void isTheProcessUnlessItIsTold() {
    assertThat(parse()).isEqualTo(Login.OF_PROCESS);
  }

  @Test
  void mayActForAnotherUserWithAndWithoutAKeytab() throws Exception {
    Path keytab = keytab("EXAMPLE.COM", "flume");
    assertThat(parse("hdfs.proxyUser", "alice")).isEqualTo(new Login(null, "alice"));
    assertThat(
            parse(
                "hdfs.proxyUser", "alice",
                "hdfs.kerberosKeytab", keytab.toString(),
                "hdfs.kerberosPrincipal", "flume@EXAMPLE.COM"))
        .isEqualTo(new Login(new Login.Keytab("flume@EXAMPLE.COM", keytab), "alice"));
  }

  @Test
  void putsThisHostIntoThePrincipalAsHadoopDoes() throws Exception {
    String expected = SecurityUtil.getServerPrincipal("flume/_HOST@EXAMPLE.COM", "");
    Path keytab = keytab("EXAMPLE.COM", expected.substring(0, expected.indexOf('@')));

    Login login = parse(keytab, "flume/_HOST@EXAMPLE.COM");

    assertThat(expected).doesNotContain("_HOST");
    assertThat(Objects.requireNonNull(login.keytab()).principal()).isEqualTo(expected);
  }

  @Test
  void takesThePrincipalOfAnyRealmWhereNoneIsNamed() throws Exception {
    assertThat(Objects.requireNonNull(parse(keytab("A", "b"), "b").keytab()).principal())
        .isEqualTo("b");
  }

  @Test
  void refusesOneKeyWithoutTheOther() {
    assertThatThrownBy(() -> parse("hdfs.kerberosPrincipal", "flume"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("hdfs.kerberosKeytab is missing");
    assertThatThrownBy(() -> parse("hdfs.kerberosKeytab", "/k"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("hdfs.kerberosPrincipal is missing")
        .hasMessageContaining("hdfs.kerberosKeytab = /k");
  }

  @Test
  void refusesAKeytabThatIsNone() throws Exception {
    assertThatThrownBy(() -> parse(folder.resolve("none"), "flume"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none: there is no such file, or ")
        .hasMessageContaining(System.getProperty("user.name"));
    Path text = Files.writeString(folder.resolve("text"), "no keytab");
    assertThatThrownBy(() -> parse(text, "flume"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("text: it can't be read as a keytab");
  }

  @Test
  void namesThePrincipalsOfAKeytabThatLacksTheOneAskedFor() throws Exception {
    Path keytab = keytab("EXAMPLE.COM", "flume/a", "web");
    assertThatThrownBy(() -> parse(keytab, "flume"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("hdfs.kerberosPrincipal = flume: is not in hdfs.kerberosKeytab = ")
        .hasMessageContaining("flume/a@EXAMPLE.COM")
        .hasMessageContaining("web@EXAMPLE.COM");
    assertThatThrownBy(() -> parse(keytab, "web@OTHER"))
        .hasMessageContaining("is not in hdfs.kerberosKeytab");
  }
}
