package dev.fanfare.ably.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Credentials;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Judge;
import dev.fanfare.ably.access.Verdict;
import dev.fanfare.ably.app.Apps;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Lets requests with a good key or token in. Any thread. */
final class Admission {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";
    private static final int BAD_CREDENTIALS = 40101;
    private static final int BAD_CLIENT_ID = 40012;

    /** What answers those that are let in. */
    @FunctionalInterface
    interface Inside {
        CompletionStage<Reply> answer(Call call) throws Denied;
    }

    private final Apps apps;
    private final Judge judge;

    Admission(Apps apps, Judge judge) {
        this.apps = apps;
        this.judge = judge;
    }

    /** Answers for whoever may come in. */
    Endpoint admit(Inside inside) {
        return ask -> inside.answer(call(ask));
    }

    private Call call(Ask ask) throws Denied {
        var access = access(ask.request());
        var app = apps.find(access.app());
        if (app == null) {
            throw Errors.notFound("app " + access.app());
        }
        return new Call(ask, app, access);
    }

    Access access(RestRequest request) throws Denied {
        return switch (judge.judge(credentials(request), clientId(request))) {
            case Verdict.Accepted(var access) -> access;
            case Verdict.Refused(var error) -> throw new Denied(error);
        };
    }

    /** Of the header Authorization, or of the query. */
    static Credentials credentials(RestRequest request) throws Denied {
        var header = request.header("authorization");
        if (header != null) {
            return ofHeader(header);
        }
        var query = request.query();
        var key = query.text("key");
        if (key != null) {
            return new Credentials.Key(key);
        }
        var token = query.text("access_token");
        var sameToken = token == null ? query.text("accessToken") : token;
        return sameToken == null ? new Credentials.None() : new Credentials.Token(sameToken);
    }

    private static Credentials ofHeader(String header) throws Denied {
        if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return new Credentials.Key(
                    decoded(BAD_CREDENTIALS, "Authorization", header.substring(BASIC.length())));
        }
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return new Credentials.Token(token(header.substring(BEARER.length()).strip()));
        }
        throw Errors.denied(
                BAD_CREDENTIALS, "Authorization: another scheme (expected: Basic or Bearer)");
    }

    /** A JWT comes as it is, and has dots; everything else in base64, which has none. */
    private static String token(String text) throws Denied {
        return text.indexOf('.') >= 0 ? text : decoded(BAD_CREDENTIALS, "Authorization", text);
    }

    /** As whom a holder of a key wants to act. */
    private static @Nullable String clientId(RestRequest request) throws Denied {
        var header = request.header("x-ably-clientid");
        return header == null ? null : decoded(BAD_CLIENT_ID, "X-Ably-ClientId", header);
    }

    private static String decoded(int code, String header, String base64) throws Denied {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), UTF_8);
        } catch (IllegalArgumentException e) {
            throw Errors.denied(code, header + ": not in base64 (expected: base64)");
        }
    }
}
