package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Access;

/** A client whose credentials are good, on its way to a connection. */
record Guest(Arrival arrival, Access access, Transport transport, LinkLoop loop) {}
