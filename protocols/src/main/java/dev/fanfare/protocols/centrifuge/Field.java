package dev.fanfare.protocols.centrifuge;

/**
 * One field of a message: its number in Protobuf, its name in JSON.
 *
 * @param always whether JSON says it even where it is empty or zero
 */
record Field(int number, String name, boolean always) {}
