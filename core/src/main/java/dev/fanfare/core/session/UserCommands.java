package dev.fanfare.core.session;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.concurrent.CompletionStage;

/** Does to one session what a backend wants. Lives on the session's event loop. */
final class UserCommands {
    private final Session session;

    UserCommands(Session session) {
        this.session = session;
    }

    CompletionStage<Void> obey(UserCommand command) {
        if (session.isOpen()) {
            switch (command) {
                case UserCommand.Disconnect disconnect -> disconnect(disconnect);
            }
        }
        return completedStage(null);
    }

    private void disconnect(UserCommand.Disconnect command) {
        if (!command.spared().contains(session.client().client())) {
            session.disconnect(command.why());
        }
    }
}
