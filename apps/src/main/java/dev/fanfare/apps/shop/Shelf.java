package dev.fanfare.apps.shop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** What there is to buy, and what users have bought, within the caller's transaction. */
final class Shelf {
    private static final RowMapper<Item> ITEM =
            (row, context) ->
                    new Item(
                            row.getString("item_key"),
                            row.getString("name"),
                            row.getString("description"),
                            row.getLong("price_cents"));

    List<Item> items(Handle transaction) {
        return transaction
                .createQuery(
                        "select item_key, name, description, price_cents from shop_item"
                                + " order by price_cents, item_key")
                .map(ITEM)
                .list();
    }

    Optional<Item> find(Handle transaction, String key) {
        return transaction
                .createQuery(
                        "select item_key, name, description, price_cents from shop_item"
                                + " where item_key = :key")
                .bind("key", key)
                .map(ITEM)
                .findOne();
    }

    /**
     * The caller holds the user's wallet.
     *
     * @return how many the user has now
     */
    long give(Handle transaction, long user, Item item, long quantity) {
        transaction
                .createUpdate(
                        "insert into inventory (user_id, item_key, quantity)"
                                + " values (:user, :item, 0) on conflict do nothing")
                .bind("user", user)
                .bind("item", item.key())
                .execute();
        transaction
                .createUpdate(
                        "update inventory set quantity = quantity + :quantity"
                                + " where user_id = :user and item_key = :item")
                .bind("user", user)
                .bind("item", item.key())
                .bind("quantity", quantity)
                .execute();
        return transaction
                .createQuery(
                        "select quantity from inventory where user_id = :user and item_key = :item")
                .bind("user", user)
                .bind("item", item.key())
                .mapTo(Long.class)
                .one();
    }

    /** How many of what the user has, by the items' keys. */
    Map<String, Long> inventory(Handle transaction, long user) {
        return transaction
                .createQuery("select item_key, quantity from inventory where user_id = :user")
                .bind("user", user)
                .map(
                        (row, context) ->
                                Map.entry(row.getString("item_key"), row.getLong("quantity")))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
