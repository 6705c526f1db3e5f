package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.protocols.ably.Data.Form;
import dev.fanfare.protocols.ably.WireMessage.Sender;
import dev.fanfare.protocols.ably.WirePresence.Action;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/** What holds for every message, member and document, in both formats. */
class FormatPropertyTest {
    private static final RecursiveComparisonConfiguration DEEP =
            RecursiveComparisonConfiguration.builder().withStrictTypeChecking(true).build();

    @Property(tries = 200)
    void messagesComeBackAsTheyWereSaid(
            @ForAll("messages") WireMessage message, @ForAll Formats format) throws Unreadable {
        assertThat(format.readMessages(format.writeTree(List.of(message))))
                .singleElement()
                .usingRecursiveComparison(DEEP)
                .isEqualTo(message);
    }

    @Property(tries = 200)
    void membersComeBackAsTheyWereSaid(
            @ForAll("members") WirePresence member, @ForAll Formats format) throws Unreadable {
        var said =
                Map.of("action", 14, "channel", "n", "msgSerial", 0, "presence", List.of(member));

        assertThat(format.read(format.writeTree(said)))
                .usingRecursiveComparison(DEEP)
                .isEqualTo(List.of(new Incoming.Presence(0, "n", List.of(member))));
    }

    @Property(tries = 200)
    void membersComeBackAsTheyWereKept(@ForAll("members") WirePresence member) {
        assertThat(MemberInfo.presence(member.action(), MemberInfo.client(member), 1))
                .usingRecursiveComparison(DEEP)
                .isEqualTo(member);
    }

    @Property(tries = 200)
    void whatIsPublishedIsToldTheSame(@ForAll("messages") WireMessage message) {
        var payload = Publications.payload(message);
        var published =
                new Publication(
                        new Channel("c"),
                        new StreamPosition("e", 1),
                        1,
                        new Message("m", message.name(), payload, null, Audience.EVERYONE));

        var told = Publications.message(published);
        assertThat(told.name()).isEqualTo(message.name());
        assertThat(told.extras()).isEqualTo(message.extras());
        assertThat(Publications.payload(told)).isEqualTo(payload);
        if (message.data().form() != Form.BINARY || message.data().bytes().length > 0) {
            assertThat(told.data()).usingRecursiveComparison(DEEP).isEqualTo(message.data());
        }
    }

    @Property(tries = 200)
    void documentsComeBackAsTheyWereWritten(@ForAll("trees") Object tree, @ForAll Formats format)
            throws Unreadable {
        var document = format.writeTree(tree);

        assertThat(format.readTree(document)).isEqualTo(tree);
        assertThat(format.writeTree(Objects.requireNonNull(format.readTree(document))))
                .isEqualTo(document);
    }

    @Provide
    Arbitrary<WireMessage> messages() {
        return Combinators.combine(
                        texts().injectNull(0.3),
                        texts().injectNull(0.3),
                        data(),
                        senders(),
                        Arbitraries.longs().greaterOrEqual(0),
                        extras(),
                        texts().injectNull(0.5))
                .as(WireMessage::new);
    }

    @Provide
    Arbitrary<WirePresence> members() {
        return Combinators.combine(
                        Arbitraries.of(Action.class),
                        texts(),
                        texts(),
                        texts(),
                        data(),
                        Arbitraries.longs().greaterOrEqual(0),
                        extras())
                .as(WirePresence::new);
    }

    /** Of JSON, which has neither bytes nor whole doubles. */
    @Provide
    Arbitrary<Object> trees() {
        Arbitrary<Object> scalars =
                Arbitraries.oneOf(
                        texts().map(Object.class::cast),
                        Arbitraries.longs().map(Object.class::cast),
                        Arbitraries.of(0.1, -2.5, 1e300, 1e-300).map(Object.class::cast),
                        Arbitraries.of(true, false).map(Object.class::cast));
        return nested(nested(scalars));
    }

    private static Arbitrary<Object> nested(Arbitrary<Object> inner) {
        return Arbitraries.oneOf(
                inner,
                inner.list().ofMaxSize(20).map(Object.class::cast),
                Arbitraries.maps(texts(), inner).ofMaxSize(20).map(Object.class::cast));
    }

    private Arbitrary<String> extras() {
        return Arbitraries.maps(texts(), trees())
                .ofMaxSize(3)
                .map(tree -> new String(Formats.JSON.writeTree(tree), UTF_8))
                .injectNull(0.5);
    }

    private static Arbitrary<Sender> senders() {
        return Combinators.combine(texts().injectNull(0.3), texts().injectNull(0.3))
                .as((client, connection) -> new Sender(client, connection, null));
    }

    /** Bytes and texts, whatever else was done to them; no bytes as text, which are bytes. */
    private static Arbitrary<Data> data() {
        var encodings = Arbitraries.of("", "json", "utf-8", "utf-8/cipher+aes-128-cbc", "/,", "x/");
        var bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        var texts = Arbitraries.oneOf(texts(), Arbitraries.of("[1]", " {} ", "{", "", "\"\""));
        return Arbitraries.oneOf(
                Combinators.combine(bytes, encodings)
                        .as((content, encoding) -> new Data(Form.BINARY, content, encoding)),
                Combinators.combine(texts, encodings)
                        .as(
                                (text, encoding) ->
                                        new Data(Form.TEXT, text.getBytes(UTF_8), encoding)),
                encodings.map(encoding -> new Data(Form.NONE, new byte[0], encoding)));
    }

    @Provide
    static Arbitrary<String> texts() {
        var characters = Arbitraries.chars().all().filter(c -> !Character.isSurrogate(c));
        var odd = Arbitraries.of("\"", "\\", "\n", "\u2028", "\u0000", "𝄞", ":", "/");
        return Arbitraries.oneOf(characters.map(String::valueOf), odd)
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }
}
