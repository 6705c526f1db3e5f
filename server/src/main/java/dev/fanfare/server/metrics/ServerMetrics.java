package dev.fanfare.server.metrics;

import dev.fanfare.ably.realtime.LinkObserver;
import dev.fanfare.apps.web.Route;
import dev.fanfare.brokers.redis.RedisObserver;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.micrometer.PublisherMetrics;
import dev.fanfare.core.hub.HubObserver;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.session.Session;
import dev.fanfare.core.session.SessionObserver;
import dev.fanfare.push.PushObserver;
import dev.fanfare.server.api.ApiEndpoint;
import dev.fanfare.server.application.RouteHost;
import dev.fanfare.server.publish.PublishEndpoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's metrics, in Prometheus' words. Counters on the way of a message are bare {@link
 * LongAdder}s, read when somebody asks.
 */
public final class ServerMetrics
        implements SessionObserver,
                HubObserver,
                PublishEndpoint.Observer,
                ApiEndpoint.Observer,
                RouteHost.Observer {
    private static final Duration[] DELIVERY_BUCKETS =
            millis(1, 2, 5, 10, 20, 50, 100, 250, 500, 1000, 5000);
    private static final Duration[] LOOP_BUCKETS = millis(1, 2, 5, 10, 25, 50, 100, 250, 1000);

    private static final Logger LOG = LoggerFactory.getLogger(ServerMetrics.class);

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InstantSource clock;
    private final LongAdder connections = new LongAdder();
    private final LongAdder links = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final LongAdder subscriptions = new LongAdder();
    private final LongAdder publications = new LongAdder();
    private final LongAdder deliveries = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final Timer latency;
    private final Timer loopDelay;

    public ServerMetrics(InstantSource clock) {
        this.clock = clock;
        gauge("fanfare.connections", "Connections open now", connections);
        gauge("fanfare.ably.connections", "Of these, connections compatible with Ably", links);
        gauge("fanfare.subscriptions", "Subscriptions held now", subscriptions);
        counter("fanfare.connections.opened", "Connections opened", opened);
        counter("fanfare.publications", "Publications accepted", publications);
        counter("fanfare.deliveries", "Publications sent to clients, once per client", deliveries);
        counter("fanfare.sent.bytes", "Bytes queued for clients", bytes);
        counter("fanfare.slow.clients", "Clients cut off because too much waited for them", slow);
        latency =
                timer(
                        "fanfare.delivery.latency",
                        "From the broker to the sockets of one loop",
                        DELIVERY_BUCKETS);
        loopDelay =
                timer(
                        "fanfare.loop.delay",
                        "How late an event loop comes to what is due",
                        LOOP_BUCKETS);
        bindProcess();
    }

    /** The text that Prometheus reads. */
    public String scrape() {
        return registry.scrape();
    }

    /** What can be seen of the events that applications publish. */
    public PublishObserver publisher() {
        return new PublisherMetrics(registry);
    }

    /** What can be seen of notifications. Called once. */
    public PushObserver push() {
        return new PushMetrics(registry);
    }

    /** What can be seen of Redis. */
    public RedisObserver redis() {
        return new RedisMetrics(registry);
    }

    /** What can be seen of the Redis on which backends publish. Called once. */
    public PubSubMetrics pubSub() {
        return new PubSubMetrics(registry, this);
    }

    /** What can be seen of connections compatible with Ably. */
    public LinkObserver links() {
        return new LinkMetrics(this);
    }

    void linked() {
        connections.increment();
        opened.increment();
        links.increment();
    }

    void unlinked() {
        connections.decrement();
        links.decrement();
    }

    void sent(int count) {
        bytes.add(count);
    }

    @Override
    public void published() {
        publications.increment();
    }

    @Override
    public void refused(String reason) {
        refused("publish", reason);
    }

    /**
     * @param where {@code connect}, {@code publish} or {@code command}
     */
    public void refused(String where, String reason) {
        registry.counter("fanfare.refusals", "where", where, "reason", reason).increment();
    }

    @Override
    public void answered(Route route, int status, long nanos) {
        Timer.builder("fanfare.application.requests")
                .description("Requests to applications, by route and status")
                .tag("route", route.method() + " " + route.path())
                .tag("status", String.valueOf(status))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    public void loopDelayed(long nanos) {
        loopDelay.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    @Override
    public void delivered(List<Publication> published, int count) {
        deliveries.add(count);
        long now = clock.millis();
        for (int i = 0; i < published.size(); i++) {
            latency.record(Math.max(0, now - published.get(i).time()), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void failed(Channel channel, RuntimeException cause) {
        LOG.error("channel {}: publications could not be delivered", channel, cause);
    }

    @Override
    public void opened(Session session) {
        connections.increment();
        opened.increment();
    }

    @Override
    public void closed(Session session, Disconnect why) {
        connections.decrement();
        registry.counter("fanfare.disconnects", "code", String.valueOf(why.code())).increment();
        if (why.equals(Disconnect.SLOW)) {
            slow.increment();
        }
    }

    @Override
    public void subscribed(Session session) {
        subscriptions.increment();
    }

    @Override
    public void unsubscribed(Session session) {
        subscriptions.decrement();
    }

    @Override
    public void refused(Session session, Refusal why) {
        refused("command", why.code().word());
    }

    @Override
    public void sent(Session session, int count) {
        bytes.add(count);
    }

    private void bindProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    private void gauge(String name, String description, LongAdder value) {
        Gauge.builder(name, value, LongAdder::sum).description(description).register(registry);
    }

    private void counter(String name, String description, LongAdder value) {
        FunctionCounter.builder(name, value, LongAdder::sum)
                .description(description)
                .register(registry);
    }

    private Timer timer(String name, String description, Duration[] buckets) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private static Duration[] millis(long... values) {
        var durations = new Duration[values.length];
        for (int i = 0; i < values.length; i++) {
            durations[i] = Duration.ofMillis(values[i]);
        }
        return durations;
    }
}
