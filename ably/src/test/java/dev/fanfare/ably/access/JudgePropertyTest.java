package dev.fanfare.ably.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever anybody shows is judged: nothing fails. */
class JudgePropertyTest {
    private static final Fixtures HERE = new Fixtures();

    @Property
    void anyTextIsRefusedAsAKeyAndAsAToken(@ForAll String text) {
        assertThat(HERE.judge.judge(new Credentials.Key(text), text))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(HERE.judge.judge(new Credentials.Token(text), text))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Property
    void anyPartsMakeNoToken(@ForAll("parts") List<String> parts) {
        assertThat(HERE.judge.judge(new Credentials.Token(String.join(".", parts)), null))
                .isInstanceOf(Verdict.Refused.class);
    }

    /** What whoever has the key may sign. */
    @Property
    void signedClaimsOfAnyKindAreRefused(@ForAll("claims") String claims) throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(Fixtures.FULL.name()).build();
        var jws = new JWSObject(header, new Payload(claims));
        jws.sign(new MACSigner(Fixtures.FULL.hmacKey()));

        assertThat(HERE.judge.judge(new Credentials.Token(jws.serialize()), null))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Provide
    Arbitrary<List<String>> parts() {
        var documents =
                Arbitraries.of(
                                "{}",
                                "[]",
                                "null",
                                "{\"alg\":\"HS256\"}",
                                "{\"alg\":\"HS256\",\"kid\":\"app001.full\"}",
                                "{\"alg\":\"HS256\",\"x-ably-token\":\"x\"}",
                                "{\"alg\":\"none\",\"x-ably-token\":\"app001.x\"}",
                                "{\"alg\":\"dir\",\"enc\":\"A128GCM\"}",
                                "{\"alg\":1,\"kid\":{}}",
                                "{\"x-ably-token\":7}")
                        .map(JudgePropertyTest::encoded);
        return Arbitraries.oneOf(
                        documents,
                        Arbitraries.of("app001", "full", "", "-", "_"),
                        Arbitraries.strings().ofMaxLength(60).map(JudgePropertyTest::encoded))
                .list()
                .ofMaxSize(6);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    @Provide
    Arbitrary<String> claims() {
        var value =
                Arbitraries.of(
                        "1",
                        "-1",
                        "1e300",
                        "0.5",
                        "true",
                        "null",
                        "[]",
                        "{}",
                        "\"\"",
                        "\"{}\"",
                        "\"*\"",
                        "\"app001.x\"",
                        "99999999999999999999");
        return Arbitraries.maps(
                        Arbitraries.of(
                                "iat",
                                "exp",
                                "nbf",
                                "x-ably-capability",
                                "x-ably-clientId",
                                "x-ably-revocation-key",
                                "x-ably-token"),
                        value)
                .map(
                        claims ->
                                "{"
                                        + String.join(
                                                ",",
                                                claims.entrySet().stream()
                                                        .map(
                                                                claim ->
                                                                        "\""
                                                                                + claim.getKey()
                                                                                + "\":"
                                                                                + claim.getValue())
                                                        .toList())
                                        + "}");
    }
}
