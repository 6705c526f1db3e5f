package dev.fanfare.apps.profile;

import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Users' profiles, within the caller's transaction. Nobody needs an account to have one. */
final class Profiles {
    private static final String SELECT =
            "select user_id, display_name, bio, avatar_url from profile where user_id = :user";
    private static final RowMapper<Profile> PROFILE =
            (row, context) ->
                    new Profile(
                            row.getLong("user_id"),
                            row.getString("display_name"),
                            row.getString("bio"),
                            row.getString("avatar_url"));

    Profile get(Handle transaction, long user) {
        return transaction
                .createQuery(SELECT)
                .bind("user", user)
                .map(PROFILE)
                .findOne()
                .orElseGet(() -> Profile.of(user));
    }

    /** Changes of one profile come one after the other. */
    Profile change(Handle transaction, long user, UnaryOperator<Profile> change) {
        write(
                transaction,
                Profile.of(user),
                "insert into profile (user_id, display_name, bio, avatar_url)"
                        + " values (:user, :name, :bio, :avatar) on conflict do nothing");
        var changed =
                change.apply(
                        transaction
                                .createQuery(SELECT + " for update")
                                .bind("user", user)
                                .map(PROFILE)
                                .one());
        write(
                transaction,
                changed,
                "update profile set display_name = :name, bio = :bio, avatar_url = :avatar"
                        + " where user_id = :user");
        return changed;
    }

    private static void write(Handle transaction, Profile profile, String sql) {
        transaction
                .createUpdate(sql)
                .bind("user", profile.user())
                .bind("name", profile.displayName())
                .bind("bio", profile.bio())
                .bind("avatar", profile.avatarUrl())
                .execute();
    }
}
