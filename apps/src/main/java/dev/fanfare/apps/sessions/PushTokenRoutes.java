package dev.fanfare.apps.sessions;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.JsonBody;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route;
import dev.fanfare.push.DeviceTokens;
import java.util.List;

/** The devices on which a user wants notifications. */
public final class PushTokenRoutes {
    private static final String PATH = "/api/v1/auth/push-token";
    private static final String TOKEN = "pushToken";
    private static final List<String> PLATFORMS = List.of("ios", "android", "web");
    private static final int LONGEST = 1_000;

    private final Database database;
    private final DeviceTokens tokens;

    public PushTokenRoutes(Database database, DeviceTokens tokens) {
        this.database = database;
        this.tokens = tokens;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(PATH, Access.SIGNED_IN, this::register),
                Route.delete(PATH, Access.SIGNED_IN, this::remove));
    }

    private Answer register(Call call) {
        var user = call.user().text();
        var body = JsonBody.read(call.body());
        var token = tokenIn(body);
        var platform = body.oneOf("platform", PLATFORMS);
        body.end();
        database.<Void, RuntimeException>inTransaction(
                transaction -> {
                    tokens.register(transaction, user, token, platform);
                    return null;
                });
        return Answer.empty();
    }

    /** One that the user does not have is gone already. */
    private Answer remove(Call call) {
        var user = call.user().text();
        var body = JsonBody.read(call.body());
        var token = tokenIn(body);
        if (body.has("platform")) {
            var _ = body.oneOf("platform", PLATFORMS);
        }
        body.end();
        boolean _ = database.inTransaction(transaction -> tokens.remove(transaction, user, token));
        return Answer.empty();
    }

    private static String tokenIn(JsonBody body) {
        var token = body.text(TOKEN, LONGEST);
        if (!DeviceTokens.isToken(token)) {
            throw Refused.badRequest(TOKEN, "another text", DeviceTokens.EXPECTED);
        }
        return token;
    }
}
