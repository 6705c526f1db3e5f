package dev.fanfare.core.channel;

/**
 * What no channel's name may be, whatever its pattern.
 *
 * @param length of the longest; in characters
 * @param asciiOnly whether other characters need a {@link NameRule} that lets them be
 */
public record NameLimits(int length, boolean asciiOnly) {
    public static final NameLimits USUAL = new NameLimits(255, false);
}
