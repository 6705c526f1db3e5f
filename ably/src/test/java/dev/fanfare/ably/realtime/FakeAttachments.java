package dev.fanfare.ably.realtime;

import dev.fanfare.protocols.ably.Incoming;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told. */
final class FakeAttachments implements Attachments {
    final Line line;
    final List<Incoming> taken = new ArrayList<>();
    final List<String> told = new ArrayList<>();

    FakeAttachments(Line line) {
        this.line = line;
    }

    @Override
    public void take(Incoming word) {
        taken.add(word);
    }

    @Override
    public void transportLost() {
        told.add("lost");
    }

    @Override
    public void transportBack() {
        told.add("back");
    }

    @Override
    public void accessChanged() {
        told.add("access");
    }

    @Override
    public void sweep(long now) {}

    @Override
    public void end() {
        told.add("end");
    }
}
