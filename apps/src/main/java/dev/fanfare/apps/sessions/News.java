package dev.fanfare.apps.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is told to partners of a session. */
record News(String sessionId, String event, ObjectNode data) {}
