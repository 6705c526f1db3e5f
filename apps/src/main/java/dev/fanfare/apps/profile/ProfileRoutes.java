package dev.fanfare.apps.profile;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.hub.Action;
import dev.fanfare.apps.hub.HubEvents;
import dev.fanfare.apps.hub.Update;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.JsonBody;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What users say of themselves. */
public final class ProfileRoutes {
    static final int LONGEST_NAME = 50;
    static final int LONGEST_BIO = 500;
    static final int LONGEST_URL = 500;

    private final Database database;
    private final HubEvents hub;
    private final InstantSource clock;
    private final Profiles profiles = new Profiles();

    public ProfileRoutes(Database database, HubEvents hub, InstantSource clock) {
        this.database = database;
        this.hub = hub;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/profile", Access.SIGNED_IN, this::show),
                Route.patch("/api/profile", Access.SIGNED_IN, this::change));
    }

    private Answer show(Call call) {
        long user = call.user().number();
        return Answer.ok(database.read(handle -> profiles.get(handle, user)).members());
    }

    private Answer change(Call call) {
        long user = call.user().number();
        var body = JsonBody.read(call.body());
        var change = Change.read(body);
        body.end();
        var changed =
                database.inTransaction(
                        transaction -> {
                            var profile = profiles.change(transaction, user, change::of);
                            var members = profile.members();
                            hub.tell(
                                    transaction,
                                    new Action(user, "profile.update", members, clock.instant()),
                                    List.of(new Update(Update.Kind.PROFILE, members)));
                            return members;
                        });
        return Answer.ok(changed);
    }

    /** What shall be another; empty: it stays. */
    private record Change(
            Optional<String> displayName, Optional<String> bio, Optional<String> avatarUrl) {
        static Change read(JsonBody body) {
            var change =
                    new Change(
                            body.findText("display_name", LONGEST_NAME).map(String::strip),
                            body.findAnyText("bio", LONGEST_BIO),
                            body.findAnyText("avatar_url", LONGEST_URL).map(Change::address));
            if (change.equals(new Change(Optional.empty(), Optional.empty(), Optional.empty()))) {
                body.end();
                throw Refused.badRequest(
                        "body", "nothing to change", "display_name, bio or avatar_url");
            }
            return change;
        }

        private static String address(String text) {
            if (text.isEmpty() || isAddress(text)) {
                return text;
            }
            throw Refused.badRequest(
                    "avatar_url",
                    text,
                    "an address like https://example.com/me.png, or an empty text");
        }

        private static boolean isAddress(String text) {
            try {
                var address = new URI(text);
                return String.valueOf(address.getScheme()).matches("https?")
                        && address.getHost() != null;
            } catch (URISyntaxException e) {
                return false;
            }
        }

        Profile of(Profile profile) {
            return new Profile(
                    profile.user(),
                    displayName.orElse(profile.displayName()),
                    bio.orElse(profile.bio()),
                    avatarUrl.orElse(profile.avatarUrl()));
        }
    }
}
