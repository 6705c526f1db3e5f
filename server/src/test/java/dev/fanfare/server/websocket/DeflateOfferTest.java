package dev.fanfare.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOfferTest {
    private static final String ANSWER =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate;client_max_window_bits=8",
                "permessage-deflate; client_max_window_bits=\"12\"",
                " permessage-deflate ; server_no_context_takeover ;client_no_context_takeover ",
                "x-webkit-deflate-frame, permessage-deflate",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate"
            })
    void accepts(String offers) {
        assertThat(DeflateOffer.accept(offers)).contains(ANSWER);
    }

    @Test
    void repeatsTheWindowThatWasAskedFor() {
        assertThat(DeflateOffer.accept("permessage-deflate; server_max_window_bits = \"15\""))
                .contains(ANSWER + "; server_max_window_bits=15");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "permessage-bzip2",
                "Permessage-Deflate",
                "permessage-deflate; server_max_window_bits=14",
                "permessage-deflate; server_max_window_bits=8",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=015",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=",
                "permessage-deflate; client_max_window_bits=\"\"",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover=true",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; unknown",
                "permessage-deflate;",
                "permessage-deflate; client_max_window_bits=\"1;5\"",
                "permessage-deflate; =15"
            })
    void declines(String offers) {
        assertThat(DeflateOffer.accept(offers)).isEmpty();
    }

    @Test
    void declinesNothing() {
        assertThat(DeflateOffer.accept(null)).isEmpty();
    }
}
