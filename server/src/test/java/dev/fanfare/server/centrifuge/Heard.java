package dev.fanfare.server.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.centrifugal.centrifuge.Client;
import io.github.centrifugal.centrifuge.ConnectedEvent;
import io.github.centrifugal.centrifuge.DisconnectedEvent;
import io.github.centrifugal.centrifuge.EventListener;
import io.github.centrifugal.centrifuge.JoinEvent;
import io.github.centrifugal.centrifuge.LeaveEvent;
import io.github.centrifugal.centrifuge.PublicationEvent;
import io.github.centrifugal.centrifuge.ServerPublicationEvent;
import io.github.centrifugal.centrifuge.ServerSubscribedEvent;
import io.github.centrifugal.centrifuge.SubscribedEvent;
import io.github.centrifugal.centrifuge.Subscription;
import io.github.centrifugal.centrifuge.SubscriptionErrorEvent;
import io.github.centrifugal.centrifuge.SubscriptionEventListener;
import io.github.centrifugal.centrifuge.UnsubscribedEvent;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What one client of the Java SDK hears, in words, in order. */
final class Heard {
    private final LinkedBlockingQueue<String> all = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
        var next = all.poll(15, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing heard within 15 s");
        }
        return next;
    }

    private static String text(byte[] data) {
        return new String(data, UTF_8);
    }

    EventListener ofClient() {
        return new EventListener() {
            @Override
            public void onConnected(Client client, ConnectedEvent event) {
                all.add("connected");
            }

            @Override
            public void onDisconnected(Client client, DisconnectedEvent event) {
                all.add("disconnected " + event.getCode() + " " + event.getReason());
            }

            @Override
            public void onSubscribed(Client client, ServerSubscribedEvent event) {
                all.add("given " + event.getChannel());
            }

            @Override
            public void onPublication(Client client, ServerPublicationEvent event) {
                all.add(event.getChannel() + " " + text(event.getData()));
            }
        };
    }

    SubscriptionEventListener ofSubscription() {
        return new SubscriptionEventListener() {
            @Override
            public void onSubscribed(Subscription subscription, SubscribedEvent event) {
                var lost = event.wasRecovering() ? "subscribed, with a loss" : "subscribed";
                all.add(event.getRecovered() ? "subscribed, recovered" : lost);
            }

            @Override
            public void onUnsubscribed(Subscription subscription, UnsubscribedEvent event) {
                all.add("unsubscribed " + event.getCode() + " " + event.getReason());
            }

            @Override
            public void onPublication(Subscription subscription, PublicationEvent event) {
                var publisher = event.getInfo() == null ? "" : event.getInfo().getUser();
                var by = publisher.isEmpty() ? "" : " by " + publisher;
                all.add(text(event.getData()) + " at " + event.getOffset() + by);
            }

            @Override
            public void onJoin(Subscription subscription, JoinEvent event) {
                all.add(event.getInfo().getUser() + " joined");
            }

            @Override
            public void onLeave(Subscription subscription, LeaveEvent event) {
                all.add(event.getInfo().getUser() + " left");
            }

            @Override
            public void onError(Subscription subscription, SubscriptionErrorEvent event) {
                all.add("error " + event.getError());
            }
        };
    }
}
