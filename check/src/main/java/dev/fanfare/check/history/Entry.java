package dev.fanfare.check.history;

/**
 * Something that happened. What is recorded before it is done (a request sent) and what is recorded
 * after it was seen (an answer, a message) makes the order sound: an acknowledgement that is
 * recorded before a request happened before it.
 *
 * @param number its place in the order of all that was recorded, from 1
 * @param time since the beginning of the run, in microseconds
 */
public record Entry(long number, long time, Fact fact) {}
