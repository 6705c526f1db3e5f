package dev.fanfare.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeysTest {
    private static final String CERTIFICATE =
            """
            -----BEGIN CERTIFICATE-----
            MIIBdzCCAR2gAwIBAgIUU+BTi/8W2GJopcY73FJQD1+064YwCgYIKoZIzj0EAwIw
            ETEPMA0GA1UEAwwGdG9rZW5zMB4XDTI2MTEyMTE0MzExMFoXDTM2MTExODE0MzEx
            MFowETEPMA0GA1UEAwwGdG9rZW5zMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
            Ujrq9b26/gySLIV3+B9rlI/ws40kTtagZY8a5Hxe3lMbnpx7cgJHux4P/2QTjKV/
            /zFP7N+EweXpAgoZjQJTMKNTMFEwHQYDVR0OBBYEFDwcWsQxR3KhCmLiZO7IFYEX
            lisjMB8GA1UdIwQYMBaAFDwcWsQxR3KhCmLiZO7IFYEXlisjMA8GA1UdEwEB/wQF
            MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgcShUQwMGytytgLdOltAYeS6UgEFze/uE
            pTWeR2uBXH0CIQCEzQ10g3yQbqnL8gLca8ujYkM81ufpYN+sc3khhznGYA==
            -----END CERTIFICATE-----
            """;
    private static final String ITS_KEY =
            """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEUjrq9b26/gySLIV3+B9rlI/ws40k
            TtagZY8a5Hxe3lMbnpx7cgJHux4P/2QTjKV//zFP7N+EweXpAgoZjQJTMA==
            -----END PUBLIC KEY-----
            """;

    @Test
    void readsSeveralKeysOneAfterTheOther() {
        var first = Signer.of("ES256");
        var second = Signer.of("RS256");

        assertThat(PublicKeys.parse("\n" + first.pem() + "\n\n" + second.pem()))
                .containsExactly(first.pair().getPublic(), second.pair().getPublic());
    }

    @Test
    void readsTextWhoseLinesCannotEnd() {
        var signer = Signer.of("EdDSA");

        assertThat(PublicKeys.parse(signer.pem().replace("\n", "\\n")))
                .containsExactly(signer.pair().getPublic());
    }

    @Test
    void readsTheKeyOfACertificate() {
        assertThat(PublicKeys.parse(CERTIFICATE)).isEqualTo(PublicKeys.parse(ITS_KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key",
                "-----BEGIN PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
            })
    void refusesWhatIsNoKey(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKeys.parse(text));
    }

    @Test
    void refusesAPrivateKeyAndDoesNotShowIt() {
        var pem = Signer.of("ES256").privatePem();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicKeys.parse(pem))
                .withMessageNotContaining(pem.lines().toList().get(1));
    }

    @Test
    void refusesTextBesideKeys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicKeys.parse(Signer.of("ES256").pem() + "and more"));
    }

    @Test
    void refusesAKeyThatCannotSign() throws Exception {
        var key = KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic();
        var text = Base64.getEncoder().encodeToString(key.getEncoded());

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                PublicKeys.parse(
                                        "-----BEGIN PUBLIC KEY-----\n"
                                                + text
                                                + "\n-----END PUBLIC KEY-----"));
    }
}
