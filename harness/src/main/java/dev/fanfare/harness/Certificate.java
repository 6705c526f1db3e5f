package dev.fanfare.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate of 127.0.0.1 and localhost that is its own authority, and its key; both in PEM. */
public record Certificate(Path file, Path key) {
    private static final String PASSWORD = "changeit";

    /** Made by the JDK's {@code keytool} in this directory. */
    public static Certificate make(Path directory) throws IOException {
        var store = directory.resolve("store.p12");
        keytool(store);
        try {
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            var key = keys.getKey("redis", PASSWORD.toCharArray()).getEncoded();
            return new Certificate(
                    pem(
                            directory.resolve("certificate.pem"),
                            "CERTIFICATE",
                            keys.getCertificate("redis").getEncoded()),
                    pem(directory.resolve("key.pem"), "PRIVATE KEY", key));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void keytool(Path store) throws IOException {
        var program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var log = store.resolveSibling("keytool.log");
        var process =
                new ProcessBuilder(
                                program,
                                "-genkeypair",
                                "-alias",
                                "redis",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=ip:127.0.0.1,dns:localhost",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        var text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        return Files.writeString(
                file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
