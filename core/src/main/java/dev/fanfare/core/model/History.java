package dev.fanfare.core.model;

import java.util.List;

/** A part of a channel's kept publications, and the position of the channel's newest one. */
public record History(List<Publication> publications, StreamPosition top) {
    public static final History NONE = new History(List.of(), StreamPosition.NONE);

    public History {
        publications = List.copyOf(publications);
    }
}
