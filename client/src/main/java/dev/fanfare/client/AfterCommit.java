package dev.fanfare.client;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done after a commit. Nothing can be undone then, so a failure of whatever kind is logged,
 * not thrown.
 */
public record AfterCommit(Runnable action) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(AfterCommit.class);

    @Override
    public void run() {
        try {
            action.run();
        } catch (Throwable e) {
            LOG.error("An action after a commit failed; what was committed stays", e);
        }
    }
}
