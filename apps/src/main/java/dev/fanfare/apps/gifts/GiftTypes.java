package dev.fanfare.apps.gifts;

import dev.fanfare.apps.gifts.GiftType.Media;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The types of gifts in the database. */
final class GiftTypes {
    private GiftTypes() {}

    /** The cheapest first. */
    static List<GiftType> active(Handle handle) {
        return handle.createQuery(
                        "select * from gift_type where is_active order by price_slc_cents, id")
                .map((row, context) -> read(row))
                .list();
    }

    static Optional<GiftType> find(Handle handle, String key) {
        return handle.createQuery("select * from gift_type where gift_key = :key")
                .bind("key", key)
                .map((row, context) -> read(row))
                .findOne();
    }

    private static GiftType read(ResultSet row) throws SQLException {
        return new GiftType(
                row.getLong("id"),
                row.getString("gift_key"),
                row.getString("name"),
                row.getString("kind"),
                new Media(row.getString("media_url"), row.getString("animation_url")),
                row.getLong("price_slc_cents"),
                row.getBoolean("is_active"));
    }
}
