package dev.fanfare.core.model;

/**
 * What goes with a payload and is not in it. Nobody here reads it but the protocols that write it.
 *
 * @param besideEvent the publication's event is told beside the payload: it is not in it
 * @param encoding what a receiver has to undo, as a stack: {@code json/cipher+aes-128-cbc}; empty:
 *     nothing
 * @param extras a JSON document for receivers; empty: none
 */
public record Attributes(boolean besideEvent, String encoding, String extras) {
    public static final Attributes NONE = new Attributes(false, "", "");
}
