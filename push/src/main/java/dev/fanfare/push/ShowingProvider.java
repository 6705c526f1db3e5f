package dev.fanfare.push;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For development: shows notifications in the log and to whoever asks, and sends none. */
public final class ShowingProvider implements PushProvider {
    private static final Logger LOG = LoggerFactory.getLogger(ShowingProvider.class);
    private static final Limits LIMITS = new Limits(100, 1000, 1);
    private static final int REMEMBERED = 100;

    @GuardedBy("this")
    private final Deque<Notification> shown = new ArrayDeque<>();

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public CompletableFuture<List<Ticket>> send(List<Notification> notifications) {
        notifications.forEach(this::show);
        return completedFuture(
                notifications.stream()
                        .map(any -> (Ticket) new Ticket.Taken(UUID.randomUUID().toString()))
                        .toList());
    }

    private synchronized void show(Notification notification) {
        LOG.info("to a device: {}", notification);
        shown.addLast(notification);
        if (shown.size() > REMEMBERED) {
            shown.removeFirst();
        }
    }

    @Override
    public CompletableFuture<Map<String, Receipt>> receipts(List<String> tickets) {
        return completedFuture(
                tickets.stream()
                        .distinct()
                        .collect(toMap(id -> id, id -> new Receipt.Delivered())));
    }

    /** The latest hundred, oldest first. */
    public synchronized List<Notification> shown() {
        return List.copyOf(shown);
    }
}
