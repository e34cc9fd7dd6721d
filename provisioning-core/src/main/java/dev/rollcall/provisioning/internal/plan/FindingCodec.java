package dev.rollcall.provisioning.internal.plan;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.internal.spool.ItemReader;
import dev.rollcall.provisioning.internal.spool.ItemWriter;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Explained;
import dev.rollcall.provisioning.plan.Normalized;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.plan.Unresolved;
import dev.rollcall.provisioning.state.StateStore;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run finds, and how its changes end, as bytes to be spooled. Immutable and thread-safe. */
public final class FindingCodec {
    private FindingCodec() {}

    public static byte[] encode(Conflict conflict) {
        return new ItemWriter()
                .text(conflict.situation().name())
                .text(conflict.key())
                .text(conflict.detail())
                .item();
    }

    public static Conflict conflict(byte[] bytes) {
        ItemReader in = new ItemReader(bytes);
        return new Conflict(Situation.valueOf(in.text()), in.text(), in.text());
    }

    static byte[] encode(Unresolved one) {
        return new ItemWriter()
                .text(one.key())
                .text(one.attribute())
                .text(one.reference())
                .item();
    }

    static Unresolved unresolved(byte[] bytes) {
        ItemReader in = new ItemReader(bytes);
        return new Unresolved(in.text(), in.text(), in.text());
    }

    static byte[] encode(Explained one) {
        ItemWriter out = new ItemWriter()
                .text(one.key())
                .text(one.name())
                .text(one.situation().name())
                .text(one.reason())
                .number(one.because().size());
        one.because().forEach((name, because) -> out.text(name).text(because));
        return out.item();
    }

    static Explained explained(byte[] bytes) {
        ItemReader in = new ItemReader(bytes);
        String key = in.text();
        String name = in.text();
        Situation situation = Situation.valueOf(in.text());
        String reason = in.text();
        Map<String, String> because = new LinkedHashMap<>();
        for (int left = in.number(); left > 0; left--) {
            because.put(in.text(), in.text());
        }
        return new Explained(key, name, situation, reason, because);
    }

    public static byte[] encode(Normalized one) {
        return new ItemWriter()
                .text(one.key())
                .text(one.dn())
                .text(one.attribute())
                .item();
    }

    public static Normalized normalized(byte[] bytes) {
        ItemReader in = new ItemReader(bytes);
        return new Normalized(in.text(), in.text(), in.text());
    }

    public static byte[] encode(StateStore.Normalization one) {
        return new ItemWriter()
                .text(one.id())
                .text(one.attribute())
                .text(one.wanted())
                .text(one.stored())
                .item();
    }

    public static StateStore.Normalization normalization(byte[] bytes) {
        ItemReader in = new ItemReader(bytes);
        return new StateStore.Normalization(in.text(), in.text(), in.text(), in.text());
    }

    /** The outcome of a change that failed. */
    public static byte[] encode(Outcome failure) {
        Change change = failure.change();
        ItemWriter out = new ItemWriter()
                .text(failure.status().name())
                .text(failure.code())
                .text(failure.message())
                .text(failure.kind().map(FailureKind::name).orElse(null))
                .flag(change instanceof DirectoryChange);
        return out.bytes(
                        change instanceof DirectoryChange entry
                                ? ChangeCodec.encode(entry)
                                : AccountCodec.encode((AccountChange) change))
                .item();
    }

    public static Outcome failure(byte[] bytes) {
        ItemReader in = new ItemReader(bytes);
        Outcome.Status status = Outcome.Status.valueOf(in.text());
        String code = in.text();
        String message = in.text();
        String kind = in.textOrNull();
        boolean directory = in.flag();
        byte[] item = in.bytes();
        Change change = directory ? ChangeCodec.decode(item) : AccountCodec.change(item);
        return switch (status) {
            case STALE -> Outcome.stale(change, message);
            case UNKNOWN -> Outcome.unknown(change, code, message);
            default ->
                Outcome.failed(change, code, message, kind == null ? FailureKind.REJECTED : FailureKind.valueOf(kind));
        };
    }
}
