package dev.fanfare.apps.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.apps.TestDatabase;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.event.RecordedEvents;
import dev.fanfare.apps.event.RecordedEvents.Told;
import dev.fanfare.apps.hub.HubEvents;
import dev.fanfare.apps.idempotency.IdempotencyKeys;
import dev.fanfare.apps.wallet.Wallets;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route.Method;
import dev.fanfare.apps.web.TestCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ShopRoutesTest {
    private static final long START = 10_000;

    private static Database database;
    private static long user = 1000;

    @Parameter TestDatabase kind;

    private final Wallets wallets = new Wallets(START);
    private final RecordedEvents events = new RecordedEvents();

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase kind) {
        database = kind.open();
    }

    @AfterParameterizedClassInvocation
    static void close() {
        database.close();
    }

    @BeforeEach
    void anotherUser() {
        user++;
    }

    @Test
    void showsItsItemsCheapestFirst() {
        var items = ask(Method.GET, "/api/shop/items", "").body().get("items");
        assertThat((List<?>) items)
                .hasSize(4)
                .first()
                .isEqualTo(
                        Map.of(
                                "key",
                                "lucky_charm",
                                "name",
                                "Lucky Charm",
                                "description",
                                "Shines, and does nothing for your odds.",
                                "price_cents",
                                50L));
    }

    @Test
    void whatIsBoughtIsPaidAndOwned() {
        var first = buy("{\"item\":\"confetti\"}").body();
        assertThat(first.get("quantity")).isEqualTo(1L);
        assertThat(first.get("total_amount_cents")).isEqualTo(100L);
        assertThat(first.get("balance_cents")).isEqualTo(START - 100);
        assertThat(first.get("owned")).isEqualTo(1L);
        var second = buy("{\"item\":\"confetti\",\"quantity\":99}").body();
        assertThat(second.get("balance_cents")).isEqualTo(0L);
        assertThat(second.get("owned")).isEqualTo(100L);
        assertThat(inventory()).isEqualTo(Map.of("confetti", 100L));
        assertThat(balance()).isZero();
    }

    @Test
    void aPurchaseIsToldOnTheHub() {
        var bought = buy("{\"item\":\"lucky_charm\",\"quantity\":2}").body();
        assertThat(events.told())
                .extracting(Told::type)
                .containsExactly("user_action", "purchase_update");
        assertThat(events.told()).extracting(Told::channel).containsOnly("hub:" + user);
        assertThat(events.told().getFirst().members().get("action")).isEqualTo("shop.buy");
        assertThat(events.told().getLast().members().get("data")).isEqualTo(bought);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"item\":\"moon\"} | item: moon (expected: the key of an item of the shop)",
                "{} | item: nothing (expected: a text of 1 to 64 characters)",
                "{\"item\":\"confetti\",\"quantity\":0} | quantity: 0 (expected: an integer from 1"
                        + " to 100)",
                "{\"item\":\"confetti\",\"quantity\":101} | quantity: 101 (expected: an integer"
                        + " from 1 to 100)",
                "{\"item\":\"confetti\",\"quantity\":null} | quantity: null (expected: an integer"
                        + " from 1 to 100)",
                "{\"item\":\"confetti\",\"price_cents\":1} | price_cents: an unknown member"
                        + " (expected: only item, quantity)",
                "{\"item\":\"champion_title\",\"quantity\":5} | balance_cents: 10000 (expected: at"
                        + " least 12500)",
            })
    void wrongPurchasesChangeNothing(String body, String reason) {
        assertThatThrownBy(() -> buy(body)).isInstanceOf(Refused.class).hasMessage(reason);
        assertThat(balance()).isEqualTo(START);
        assertThat(inventory()).isEqualTo(Map.of());
        assertThat(events.told()).isEmpty();
    }

    private Answer buy(String body) {
        return ask(Method.POST, "/api/shop/buy", body);
    }

    private Object inventory() {
        return ask(Method.GET, "/api/shop/inventory", "").body().get("items");
    }

    private Answer ask(Method method, String path, String body) {
        var keys = new IdempotencyKeys(database, Instant::now);
        var hub = new HubEvents(events);
        var routes = new ShopRoutes(database, keys, wallets, hub, Instant::now).routes();
        return TestCall.ask(routes, method, path, user, body);
    }

    private long balance() {
        return database.inTransaction(transaction -> wallets.balance(transaction, user));
    }
}
