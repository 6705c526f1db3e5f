package dev.fanfare.server.cluster;

import dev.fanfare.ably.access.Revocation;
import dev.fanfare.ably.access.Revocation.Target;
import java.util.ArrayList;
import java.util.List;

/** {@link Revocation}s on their way between nodes. */
final class RevocationJson {
    private RevocationJson() {}

    static byte[] write(List<Revocation> revocations) {
        return Json.object(
                writer -> {
                    writer.member("revocations").beginArray();
                    for (var revocation : revocations) {
                        writer.beginObject()
                                .member("key", revocation.keyName())
                                .member("target", revocation.target().toString())
                                .member("issued_before", revocation.issuedBefore())
                                .member("applies_at", revocation.appliesAt())
                                .endObject();
                    }
                    writer.endArray();
                });
    }

    /** What a later version may pick tokens out by is passed over. */
    static List<Revocation> read(byte[] document) {
        var revocations = new ArrayList<Revocation>();
        for (var revocation : Json.read(document).required("revocations")) {
            var target = Target.parse(Json.text(revocation, "target"));
            if (target != null) {
                revocations.add(
                        new Revocation(
                                Json.text(revocation, "key"),
                                target,
                                revocation.required("issued_before").asLong(),
                                revocation.required("applies_at").asLong()));
            }
        }
        return revocations;
    }
}
