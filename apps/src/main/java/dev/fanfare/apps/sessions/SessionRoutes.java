package dev.fanfare.apps.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.idempotency.IdempotencyKeys;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.JsonBody;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route;
import dev.fanfare.apps.web.User;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Sessions, who is in them, and what partners tell each other. For members, and for backends. */
public final class SessionRoutes {
    static final int MOST_MEMBERS = 50;

    private static final String SESSIONS = "/api/v1/sessions";
    private static final String SESSION = SESSIONS + "/{id}";

    private final Database database;
    private final IdempotencyKeys keys;
    private final SessionPartners partners;
    private final int largestData;
    private final InstantSource clock;

    /**
     * @param largestData of an event, in bytes as they are published
     */
    public SessionRoutes(
            Database database,
            IdempotencyKeys keys,
            SessionPartners partners,
            int largestData,
            InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.partners = partners;
        this.largestData = largestData;
        this.clock = clock;
    }

    public List<Route> routes() {
        var access = Access.SIGNED_IN_OR_BACKEND;
        return List.of(
                Route.post(SESSIONS, access, this::create),
                Route.get(SESSION, access, this::show),
                Route.post(SESSION + "/members", access, this::addMember),
                Route.delete(SESSION + "/members/{user_id}", access, this::removeMember),
                Route.post(SESSION + "/events", access, this::publish),
                Route.post(SESSION + "/notify", access, this::notifyPartner),
                Route.post(SESSION + "/nudge", access, this::nudge));
    }

    private Answer create(Call call) {
        var body = JsonBody.read(call.body());
        var members = body.texts("members", MOST_MEMBERS, User.LONGEST);
        var given = body.findText("id", Session.LONGEST_ID).map(Session::requireId);
        body.end();
        if (!call.isBackend()) {
            if (!members.contains(call.user().text())) {
                throw Refused.forbidden(
                        "members", "others alone", "the user of the token among them");
            }
            if (given.isPresent()) {
                throw Refused.forbidden("id", given.get(), "none: only backends choose ids");
            }
        }
        var session =
                new Session(given.orElseGet(() -> UUID.randomUUID().toString()), members, now());
        return keys.once(call, "POST " + SESSIONS, transaction -> added(transaction, session));
    }

    private static Answer added(Handle transaction, Session session) {
        if (!Sessions.add(transaction, session)) {
            throw Refused.conflict("session_exists", "id", session.id(), "one that is not taken");
        }
        return Answer.created(Map.of("id", session.id()))
                .with("Location", SESSIONS + "/" + session.id());
    }

    private Answer show(Call call) {
        return database.read(
                handle -> {
                    var session = Sessions.find(handle, call.variable("id"));
                    return Answer.ok(
                            open(call, session.orElseThrow(() -> unknown(call))).described());
                });
    }

    /** A member may bring others in. */
    private Answer addMember(Call call) {
        var body = JsonBody.read(call.body());
        var user = body.text("userId", User.LONGEST);
        body.end();
        return database.inTransaction(
                transaction -> {
                    var session = held(transaction, call);
                    if (session.members().size() >= MOST_MEMBERS
                            && !session.members().contains(user)) {
                        throw Refused.conflict(
                                "session_full", "members", "more", "at most " + MOST_MEMBERS);
                    }
                    Sessions.join(transaction, session.id(), user, now());
                    return Answer.ok(held(transaction, call).described());
                });
    }

    /** A member may go, and only a backend sends others away. */
    private Answer removeMember(Call call) {
        var user = call.variable("user_id");
        return database.inTransaction(
                transaction -> {
                    var session = held(transaction, call);
                    if (!call.isBackend() && !call.user().text().equals(user)) {
                        throw Refused.forbidden("user_id", user, "the user of the token");
                    }
                    Sessions.leave(transaction, session.id(), user);
                    return Answer.empty();
                });
    }

    private Answer publish(Call call) {
        var body = JsonBody.read(call.body());
        var event = event(body);
        var data = data(body);
        var excluded = body.findText("excludeUserId", User.LONGEST).orElse(null);
        body.end();
        return once(
                call,
                "events",
                (transaction, session) -> {
                    partners.publishSessionEvent(transaction, session.id(), event, data, excluded);
                    var told = Map.of("sessionId", session.id(), "event", event.word());
                    return new Answer(202, told, Map.of());
                });
    }

    private Answer notifyPartner(Call call) {
        var body = JsonBody.read(call.body());
        var partner = body.text("partnerId", User.LONGEST);
        var event = event(body);
        var data = data(body);
        body.end();
        var there = presence(call, partner);
        return once(
                call,
                "notify",
                (transaction, session) -> {
                    requirePartner(call, session, partner);
                    var delivery =
                            partners.notifyPartner(
                                    transaction, session.id(), partner, event, data, there);
                    return Answer.ok(delivery.members());
                });
    }

    /** Asked while no connection is held, and only for whom the caller may tell something. */
    private Presence.State presence(Call call, String partner) {
        var id = call.variable("id");
        boolean asks =
                database.read(handle -> Sessions.find(handle, id))
                        .filter(
                                session ->
                                        isOpen(call, session) && isPartner(call, session, partner))
                        .isPresent();
        return asks ? partners.presenceOf(id, partner) : Presence.State.UNKNOWN;
    }

    private Answer nudge(Call call) {
        var body = JsonBody.read(call.body());
        var partner = body.text("partnerId", User.LONGEST);
        var data = data(body);
        body.end();
        return once(
                call,
                "nudge",
                (transaction, session) -> {
                    requirePartner(call, session, partner);
                    var delivery = partners.nudge(transaction, session.id(), partner, data);
                    return Answer.ok(delivery.members());
                });
    }

    private interface Telling {
        Answer in(Handle transaction, Session session);
    }

    /** With an {@code Idempotency-Key}, however often it comes. */
    private Answer once(Call call, String action, Telling telling) {
        return keys.once(
                call,
                "POST " + SESSIONS + "/" + call.variable("id") + "/" + action,
                transaction -> telling.in(transaction, found(transaction, call)));
    }

    private static Session found(Handle transaction, Call call) {
        var session = Sessions.find(transaction, call.variable("id"));
        return open(call, session.orElseThrow(() -> unknown(call)));
    }

    private static Session held(Handle transaction, Call call) {
        var session = Sessions.hold(transaction, call.variable("id"));
        return open(call, session.orElseThrow(() -> unknown(call)));
    }

    private static Refused unknown(Call call) {
        return Refused.notFound("id", call.variable("id"), "the id of a session");
    }

    /** For its members and for backends. */
    private static Session open(Call call, Session session) {
        if (!isOpen(call, session)) {
            throw Refused.forbidden("token", "no member's", "a token of a member of the session");
        }
        return session;
    }

    private static boolean isOpen(Call call, Session session) {
        return call.isBackend() || session.members().contains(call.user().text());
    }

    private static void requirePartner(Call call, Session session, String partner) {
        if (!isPartner(call, session, partner)) {
            throw Refused.badRequest("partnerId", partner, "another member of the session");
        }
    }

    private static boolean isPartner(Call call, Session session, String partner) {
        boolean oneself = !call.isBackend() && call.user().id().equals(partner);
        return !oneself && session.members().contains(partner);
    }

    private static SessionEvent event(JsonBody body) {
        return SessionEvent.of(body.oneOf("event", SessionEvent.WORDS));
    }

    private ObjectNode data(JsonBody body) {
        var data = body.findObject("data").orElseGet(JsonNodeFactory.instance::objectNode);
        int size = data.toString().getBytes(UTF_8).length;
        if (size > largestData) {
            throw Refused.tooLarge("data", size + " bytes", "at most " + largestData + " bytes");
        }
        return data;
    }

    /** What the database keeps exactly. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
