package dev.fanfare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {
    @Test
    void haveTheNamesThatTheServerKnows() {
        assertThat(Channels.global()).isEqualTo("trpc:global");
        assertThat(Channels.org("acme")).isEqualTo("trpc:org:acme");
        assertThat(Channels.org(7)).isEqualTo("trpc:org:7");
        assertThat(Channels.user("auth0|a:b")).isEqualTo("trpc:user:auth0|a:b");
        assertThat(Channels.user(42)).isEqualTo("trpc:user:42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a*", "*"})
    void refuseOrganisationsThatWouldBeOtherChannels(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Channels.org(id))
                .withMessage("org id: \"" + id + "\" (expected: a text without : and *)");
    }

    @Test
    void refuseNobody() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Channels.user(""))
                .withMessage("user id: \"\" (expected: a user's id)");
    }
}
