package dev.fanfare.core.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import org.junit.jupiter.api.Test;

class MemoryPresenceTest extends PresenceContractTest {
    @Override
    protected MemoryPresence create() {
        return new MemoryPresence();
    }

    @Test
    void keepsNothingOfAnEmptyChannel() {
        var presence = create();
        var room = new Channel("room");
        var ann = new ClientInfo("client1", "ann");
        presence.add(room, ann);
        assertThat(presence.size()).isEqualTo(1);
        presence.remove(room, ann);
        assertThat(presence.size()).isZero();
    }
}
