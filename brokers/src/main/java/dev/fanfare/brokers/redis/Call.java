package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.pubsub.PubSubOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A command, and who waits for its answer. Writes its words as they are, without objects between.
 * Whoever waits may give up ({@link #giveUp}); the answer is then read and dropped.
 */
final class Call<T> extends Command<String, byte[], T> {
    static final RedisCodec<String, byte[]> CODEC =
            RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /** How the connection that it is sent on hears of its answer. */
    interface Home {
        /**
         * @param error as Redis says it; null: none
         * @return what whoever waits is told instead of an answer
         */
        @Nullable RuntimeException onAnswer(Call<?> call, @Nullable String error);
    }

    private final @Nullable Script script;
    private final Object[] words;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final long since = System.nanoTime();
    private @Nullable Home home;

    private Call(
            CommandType type,
            CommandOutput<String, byte[], T> output,
            @Nullable Script script,
            Object... words) {
        super(type, output);
        this.script = script;
        this.words = words;
    }

    /**
     * One whose answer is a list, or becomes one of one member.
     *
     * @param words {@code String} or {@code byte[]}; the first is the command
     */
    static Call<List<Object>> of(CommandType type, Object... words) {
        return new Call<>(type, new NestedMultiOutput<>(CODEC), null, words);
    }

    /** One that Redis can only answer if it knows the script. */
    static Call<List<Object>> of(Script script, Object... words) {
        return new Call<>(CommandType.EVALSHA, new NestedMultiOutput<>(CODEC), script, words);
    }

    /** One of a connection for notifications. */
    static Call<byte[]> ofTopic(CommandType type, String topic) {
        return new Call<>(type, new PubSubOutput<>(CODEC), null, type.name(), topic);
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /** When it was made, by {@link System#nanoTime}. */
    long since() {
        return since;
    }

    @Nullable Script script() {
        return script;
    }

    /** What it does, in a word: the script's name, or the command's. */
    String operation() {
        return script == null ? String.valueOf(words[0]).toLowerCase(Locale.ROOT) : script.name();
    }

    void sentBy(Home connection) {
        home = connection;
    }

    void giveUp(RuntimeException why) {
        answer.completeExceptionally(why);
    }

    @Override
    public void complete() {
        if (!isDone()) {
            super.complete();
            finish(requireNonNull(output).getError());
        }
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        boolean first = !isDone();
        cancel();
        return first;
    }

    /** Lettuce's word for a connection that is no more. */
    @Override
    public void cancel() {
        if (!isDone()) {
            super.cancel();
            finish("");
        }
    }

    private void finish(@Nullable String error) {
        var failure = home == null ? null : home.onAnswer(this, error);
        if (failure != null) {
            answer.completeExceptionally(failure);
            return;
        }
        @SuppressWarnings("NullAway") // Lettuce's answers may be null, and nobody reads those
        boolean _ = answer.complete(get());
    }

    @Override
    public void encode(ByteBuf out) {
        writeHead(out, '*', words.length);
        for (var word : words) {
            switch (word) {
                case byte[] bytes -> {
                    writeHead(out, '$', bytes.length);
                    out.writeBytes(bytes);
                }
                case String text -> {
                    writeHead(out, '$', ByteBufUtil.utf8Bytes(text));
                    ByteBufUtil.writeUtf8(out, text);
                }
                default -> throw new IllegalArgumentException("word: " + word.getClass());
            }
            out.writeShort('\r' << 8 | '\n');
        }
    }

    private static void writeHead(ByteBuf out, char kind, int number) {
        out.writeByte(kind);
        if (number < 10) {
            out.writeByte('0' + number);
        } else {
            out.writeCharSequence(Integer.toString(number), US_ASCII);
        }
        out.writeShort('\r' << 8 | '\n');
    }
}
