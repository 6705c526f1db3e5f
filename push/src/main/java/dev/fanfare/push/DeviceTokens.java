package dev.fanfare.push;

import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The devices of users, each with the token by which the provider knows it. A token belongs to the
 * user who registered it last: what waits for its former one is dropped then. Within the caller's
 * transaction.
 *
 * @param mostPerUser beyond that the one that was registered longest ago is forgotten
 */
public record DeviceTokens(int mostPerUser) {
    /** As words that finish "expected: …". */
    public static final String EXPECTED =
            "a token of Expo: ExponentPushToken[…] or ExpoPushToken[…], at most 256 characters";

    static final int LONGEST = 256;

    private static final Pattern TOKEN = Pattern.compile("Expo(?:nent)?PushToken\\[[!-Z^-~]+]");

    public static boolean isToken(String text) {
        return text.length() <= LONGEST && TOKEN.matcher(text).matches();
    }

    public void register(Handle transaction, String user, String token, String platform) {
        boolean registered = false;
        while (!registered) { // another user may register it at this moment
            takeFromOthers(transaction, user, token);
            registered =
                    renew(transaction, user, token, platform)
                            || add(transaction, user, token, platform);
        }
        forgetOldest(transaction, user);
    }

    private static void takeFromOthers(Handle transaction, String user, String token) {
        transaction.execute("delete from push_token where token = ? and user_id <> ?", token, user);
    }

    private static boolean renew(Handle transaction, String user, String token, String platform) {
        return transaction.execute(
                        "update push_token set platform = ?, registered_at = current_timestamp"
                                + " where token = ? and user_id = ?",
                        platform,
                        token,
                        user)
                == 1;
    }

    private static boolean add(Handle transaction, String user, String token, String platform) {
        return transaction.execute(
                        "insert into push_token (token, user_id, platform, registered_at)"
                                + " values (?, ?, ?, current_timestamp) on conflict do nothing",
                        token,
                        user,
                        platform)
                == 1;
    }

    private void forgetOldest(Handle transaction, String user) {
        transaction.execute(
                "delete from push_token where token in (select token from push_token"
                        + " where user_id = ? order by registered_at desc, token offset ?)",
                user,
                mostPerUser);
    }

    /**
     * @return whether the user had it
     */
    public boolean remove(Handle transaction, String user, String token) {
        return transaction.execute(
                        "delete from push_token where token = ? and user_id = ?", token, user)
                == 1;
    }

    /** The device is gone, unless it has been registered again since. */
    static boolean forget(Handle transaction, String token, OffsetDateTime since) {
        return transaction.execute(
                        "delete from push_token where token = ? and registered_at <= ?",
                        token,
                        since)
                == 1;
    }
}
