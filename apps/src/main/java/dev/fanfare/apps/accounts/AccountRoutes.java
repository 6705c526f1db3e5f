package dev.fanfare.apps.accounts;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.JsonBody;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route;
import dev.fanfare.client.Tokens;
import io.github.bucket4j.TimeMeter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signing up and logging in: a name and a password for a token that opens the sockets. */
public final class AccountRoutes implements AutoCloseable {
    private final Database database;
    private final AccountOptions options;
    private final Accounts accounts = new Accounts();
    private final Passwords passwords;
    private final Attempts attempts;

    public AccountRoutes(Database database, AccountOptions options) {
        this.database = database;
        this.options = options;
        passwords = new Passwords(options.bcryptCost(), options.waitingPasswords());
        attempts = new Attempts(options.attemptsPerMinute(), TimeMeter.SYSTEM_NANOTIME);
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/api/auth/signup", Access.ANYONE, this::signUp),
                Route.post("/api/auth/login", Access.ANYONE, this::logIn));
    }

    private Answer signUp(Call call) {
        var tokens = tokens();
        var body = JsonBody.read(call.body());
        var username = username(body.text("username", Username.LONGEST));
        var password = body.secret("password", Passwords.SHORTEST, Passwords.LONGEST);
        body.end();
        attempts.take(call.address(), username.text());
        if (database.read(handle -> accounts.isTaken(handle, username))) {
            throw taken(username);
        }
        var hash = passwords.hash(password);
        var account =
                database.inTransaction(
                                transaction ->
                                        accounts.create(transaction, username, hash, Role.USER))
                        .orElseThrow(() -> taken(username));
        return signedIn(Answer.created(token(tokens, account)));
    }

    private static Username username(String text) {
        return Username.of(text)
                .orElseThrow(() -> Refused.badRequest("username", text, Username.RULE));
    }

    private static Refused taken(Username username) {
        return Refused.conflict(
                "username_taken", "username", username.text(), "a name that nobody has");
    }

    private Answer logIn(Call call) {
        var tokens = tokens();
        var body = JsonBody.read(call.body());
        var name = body.text("username", Username.LONGEST);
        var password = body.secret("password", 1, Passwords.LONGEST);
        body.end();
        attempts.take(call.address(), name);
        return signedIn(Answer.ok(token(tokens, account(name, password))));
    }

    /** An unknown name takes as long as a wrong password, and is told no differently. */
    private Account account(String name, String password) {
        var known = database.read(handle -> accounts.find(handle, Username.key(name)));
        if (known.isEmpty()) {
            passwords.pretend(password);
        } else if (passwords.matches(password, known.get().passwordHash())) {
            return known.get().account();
        }
        throw Refused.unauthorized("password", "a wrong name or password", "those of an account");
    }

    private Tokens tokens() {
        var tokens = options.tokens();
        if (tokens == null) {
            throw Refused.unavailable(
                    "token.secret",
                    "none to make tokens with",
                    "a server that takes tokens signed with a secret (HS256), and asks for no"
                            + " issuer and no audience");
        }
        return tokens;
    }

    private Map<String, Object> token(Tokens tokens, Account account) {
        var lifetime = options.tokenLifetime();
        var username = account.username().text();
        var claims = new LinkedHashMap<String, Object>(account.role().claims());
        claims.put("username", username);
        var user = new LinkedHashMap<String, Object>();
        user.put("id", account.id());
        user.put("username", username);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("access_token", tokens.make(String.valueOf(account.id()), claims, lifetime));
        answer.put("token_type", "bearer");
        answer.put("expires_in", lifetime.toSeconds());
        answer.put("user", user);
        return answer;
    }

    /** As RFC 6749, 5.1 has it. */
    private static Answer signedIn(Answer answer) {
        return answer.with("Cache-Control", "no-store");
    }

    @Override
    public void close() {
        passwords.close();
    }
}
