package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public port with a certificate from PEM files. */
class TlsTest {
    private static final String GIFT =
            "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private static Path directory;
    private static SSLContext trusting;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        var keys = makeKeys();
        writePem("cert.pem", "CERTIFICATE", keys.getCertificate("fanfare").getEncoded());
        writePem("key.pem", "PRIVATE KEY", keys.getKey("fanfare", PASSWORD).getEncoded());
        trusting = trust(keys);
        server =
                RunningServer.start(
                        "tls: { certificate: '%1$s/cert.pem', key: '%1$s/key.pem' }%ninternal-port: 0%n"
                                .formatted(directory));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void servesSocketsAndStreams() throws IOException {
        var query = "?channels=post:1&token=" + server.token("42");
        try (var socket = TestSocket.open(connect(), "/ws" + query);
                var events = LineStream.open(connect(), "/sse" + query)) {
            publishInternally();
            assertThat(socket.text()).isEqualTo("{\"type\":\"gift.received\"}");
            assertThat(events.event().data()).isEqualTo("{\"type\":\"gift.received\"}");
            assertThat(socket.ask("{\"type\":\"ping\"}").get("type").asText()).isEqualTo("pong");
        }
    }

    @Test
    void refusesOverTlsToo() throws IOException {
        try (var wire = connect()) {
            TestSocket.ask(wire, "/ws?channels=post:1");
            assertThat(wire.answer().problem()).isEqualTo("401 unauthorized token nothing");
        }
    }

    @Test
    void servesStreamsOverWhateverVersionIsAgreed() throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(trusting).build()) {
            var uri =
                    URI.create(
                            "https://localhost:"
                                    + server.port()
                                    + "/stream?channels=post:1&token="
                                    + server.token("42"));
            var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines());
            assertThat(answer.statusCode()).isEqualTo(200);
            publishInternally();
            try (var lines = answer.body()) {
                assertThat(lines.findFirst()).hasValue("{\"type\":\"gift.received\"}");
            }
            client.shutdownNow();
        }
    }

    /** The internal port has no certificate. */
    private static void publishInternally() {
        try (var wire = RunningServer.connect(server.internalPort())) {
            assertThat(RunningServer.publish(wire, GIFT).status()).isEqualTo(200);
        }
    }

    private static HttpWire connect() throws IOException {
        return new HttpWire(
                trusting.getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), server.port()));
    }

    private static KeyStore makeKeys() throws Exception {
        var file = directory.resolve("keys.p12");
        var keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "fanfare",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost,ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-keystore",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        var printed = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(printed).isZero();
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static void writePem(String name, String type, byte[] content) throws IOException {
        var encoded = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(content);
        Files.writeString(
                directory.resolve(name),
                "-----BEGIN " + type + "-----\n" + encoded + "\n-----END " + type + "-----\n");
    }

    private static SSLContext trust(KeyStore keys) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("fanfare", keys.getCertificate("fanfare"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
