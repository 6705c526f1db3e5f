/**
 * The client protocol that SDKs of Centrifugo speak, in its two encodings. {@link
 * dev.fanfare.protocols.centrifuge.Fields} is the schema; commands and replies are read and written
 * once, over {@link dev.fanfare.protocols.centrifuge.MessageReader} and {@link
 * dev.fanfare.protocols.centrifuge.MessageWriter}, which know one encoding each.
 */
@NullMarked
package dev.fanfare.protocols.centrifuge;

import org.jspecify.annotations.NullMarked;
