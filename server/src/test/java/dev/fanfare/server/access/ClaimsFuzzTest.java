package dev.fanfare.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Payload.Format;
import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.server.access.Claims.Unusable;
import java.io.IOException;

/** Whatever a token claims: it is read, or it is told why not. Nothing else. */
class ClaimsFuzzTest {
    private final ClaimsReader reader = new ClaimsReader(TokenTerms.USUAL);

    @FuzzTest
    void readsOrRefusesAnyBytes(byte[] json) {
        try {
            var identity = reader.read(Claims.parse(json), Long.MAX_VALUE).accepted().identity();
            assertThat(isWhatItSays(identity.info())).isTrue();
            assertThat(identity.grants()).allMatch(grant -> isWhatItSays(grant.data()));
        } catch (Unusable refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static boolean isWhatItSays(Payload payload) {
        try (var document = JsonReader.open(payload.bytes())) {
            document.skip();
            document.end();
            return payload.format() == Format.JSON;
        } catch (IOException e) {
            return payload.format() == Format.BINARY;
        }
    }
}
