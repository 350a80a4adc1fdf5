package io.flafka.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A certificate authority in a folder, with the key stores that it made; all by the JDK's {@code
 * keytool}.
 */
final class Certificates {
  /** Of every store. */
  static final String PASSWORD = "flafka-testbed";

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String AUTHORITY = "authority";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** Makes an authority, and a store for those who trust it. */
  static Certificates create(Path folder) throws IOException {
    Files.createDirectories(folder);
    Certificates certificates = new Certificates(folder);
    certificates.makePair(AUTHORITY, "-ext", "bc:c");
    Path certificate = certificates.file(AUTHORITY, "pem");
    certificates.withStore(AUTHORITY, "-exportcert", "-rfc", "-file", certificate.toString());
    certificates.keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        AUTHORITY,
        "-file",
        certificate.toString(),
        "-keystore",
        certificates.trustStore().toString(),
        "-storepass",
        PASSWORD);
    return certificates;
  }

  /** What a side that trusts the authority needs. */
  Path trustStore() {
    return file("trusted", "p12");
  }

  /**
   * Makes a key pair of {@code CN=<name>}, signed by the authority.
   *
   * @param subject whom it is for besides, as {@code keytool} writes it: {@code ip:127.0.0.1}
   */
  Path keyStore(String name, String subject) throws IOException {
    makePair(name);
    Path request = file(name, "csr");
    Path signed = file(name, "pem");
    withStore(name, "-certreq", "-file", request.toString());
    withStore(
        AUTHORITY,
        "-gencert",
        "-rfc",
        "-ext",
        "san=" + subject,
        "-infile",
        request.toString(),
        "-outfile",
        signed.toString());
    String chain = Files.readString(signed) + Files.readString(file(AUTHORITY, "pem"));
    Files.writeString(signed, chain);
    // The store doesn't know the authority; -noprompt takes it as it comes.
    withStore(name, "-importcert", "-noprompt", "-file", signed.toString());
    return file(name, "p12");
  }

  private void makePair(String name, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name));
    arguments.addAll(List.of(more));
    withStore(name, arguments.toArray(String[]::new));
  }

  private void withStore(String name, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-alias", name, "-keystore", file(name, "p12").toString()));
    all.addAll(List.of("-storepass", PASSWORD));
    keytool(all.toArray(String[]::new));
  }

  private void keytool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(JavaProcess.java().resolveSibling("keytool").toString());
    command.addAll(List.of(arguments));
    JavaProcess.start("keytool", folder, JavaProcess.Lifetime.LEASHED, Map.of(), command)
        .succeedWithin(LIMIT);
  }

  private Path file(String name, String suffix) {
    return folder.resolve(name + "." + suffix);
  }
}
