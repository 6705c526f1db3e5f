package dev.fanfare.core.node;

import static java.util.concurrent.CompletableFuture.failedStage;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.node.Letter.Answered;
import dev.fanfare.core.node.Letter.Asked;
import dev.fanfare.core.node.Letter.Failed;
import dev.fanfare.core.node.Letter.Left;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What a node does with what it hears. Lives on the nodes' loop. */
final class Hearing implements Feed.Listener {
    private final NodeName self;
    private final Loop loop;
    private final Mail mail;
    private final Registry registry;
    private final Questions questions;
    private final Nodes.Observer observer;
    private final Map<String, Nodes.Handler> handlers = new HashMap<>();
    private Runnable onNewsLost = () -> {};

    Hearing(
            NodeName self,
            Loop loop,
            Mail mail,
            Registry registry,
            Questions questions,
            Nodes.Observer observer) {
        this.self = self;
        this.loop = loop;
        this.mail = mail;
        this.registry = registry;
        this.questions = questions;
        this.observer = observer;
    }

    void whenNewsIsLost(Runnable task) {
        onNewsLost = task;
    }

    void handle(String topic, Nodes.Handler handler) {
        handlers.put(topic, handler);
    }

    @Override
    public void onMessage(Message message) {
        try {
            hear(Letter.read(message));
        } catch (RuntimeException unreadable) {
            observer.failed("letter", unreadable); // and those behind it are heard
        }
    }

    private void hear(Letter letter) {
        switch (letter) {
            case Asked asked -> answer(asked);
            case Answered(var question, var by, var body) ->
                    questions.with(question, open -> open.answered(by.id(), body.bytes()));
            case Failed(var question, var by, var why) ->
                    questions.with(
                            question,
                            open -> open.fail(new Unavailable("node " + by + ": " + why)));
            case Left(var node) -> questions.goOnWithout(node);
        }
    }

    private void answer(Asked asked) {
        loop.then(
                begin(asked.topic(), asked.body().bytes()),
                body ->
                        reply(
                                asked,
                                new Answered(
                                        asked.id(), self, Payload.of(body, Payload.Format.BINARY))),
                failure -> {
                    observer.failed(asked.topic(), failure);
                    reply(
                            asked,
                            new Failed(asked.id(), self, String.valueOf(failure.getMessage())));
                });
    }

    private CompletionStage<byte[]> begin(String topic, byte[] question) {
        var handler = handlers.get(topic);
        if (handler == null) {
            return failedStage(new Unavailable("nobody here knows of " + topic));
        }
        try {
            return handler.answer(question);
        } catch (RuntimeException failure) {
            return failedStage(failure);
        }
    }

    /** An answer that cannot be sent is missed by the asker, who says so in time. */
    private void reply(Asked asked, Letter answer) {
        var asker = asked.asker();
        if (asker != null) {
            var _ = mail.to(asker.id(), answer);
        }
    }

    /** The registry may have begun anew as well. */
    @Override
    public void onNewEpoch(Channel channel) {
        if (channel.equals(Mail.ALL)) {
            var _ = registry.enter();
        }
        tellOfNews(channel);
    }

    @Override
    public void onMissed(Channel channel, long count) {
        if (channel.equals(Mail.ALL)) {
            observer.missed(count);
        }
        tellOfNews(channel);
    }

    private void tellOfNews(Channel channel) {
        if (channel.equals(Mail.NEWS)) {
            onNewsLost.run();
        }
    }
}
