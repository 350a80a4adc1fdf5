package io.flafka.hdfs.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes keytabs of version 2, with keys that open nothing. */
public final class Keytabs {
  private Keytabs() {}

  /** Writes one for principals of one realm, with or without a host behind a slash. */
  public static Path write(Path file, String realm, String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(0x0502);
    for (String name : names) {
      byte[] entry = entry(realm, List.of(name.split("/")));
      out.writeInt(entry.length);
      out.write(entry);
    }
    return Files.write(file, bytes.toByteArray());
  }

  private static byte[] entry(String realm, List<String> components) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(components.size());
    writeCounted(out, realm.getBytes(UTF_8));
    for (String component : components) {
      writeCounted(out, component.getBytes(UTF_8));
    }
    out.writeInt(1); // The name is a principal's.
    out.writeInt(0); // When it was written.
    out.writeByte(1); // The version of the key.
    out.writeShort(17); // AES with 128 bits.
    writeCounted(out, new byte[16]);
    return bytes.toByteArray();
  }

  private static void writeCounted(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeShort(bytes.length);
    out.write(bytes);
  }
}
