package dev.fanfare.server.access;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import java.util.Optional;

/** The keys that tokens may be signed with. Thread-safe. */
@FunctionalInterface
public interface TokenKeys {
    /**
     * Checks signatures of tokens with this header; empty when no key of ours is for its algorithm.
     * May block, unless the algorithm is an HMAC.
     */
    Optional<JWSVerifier> verifier(JWSHeader header);
}
