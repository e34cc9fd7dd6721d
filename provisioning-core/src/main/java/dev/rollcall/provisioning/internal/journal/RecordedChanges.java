package dev.rollcall.provisioning.internal.journal;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The changes of a plan, each of them recorded before it is handed out. Not thread-safe: for one thread at a time. */
final class RecordedChanges implements Iterator<Change> {
    /** What a change takes in memory besides its values. */
    private static final int OVERHEAD = 300;

    /** Records changes before they are made. */
    @FunctionalInterface
    interface Recorder {
        void record(int first, List<Change> changes);
    }

    private final Iterator<Change> changes;
    private final Recording.Ahead ahead;
    private final Recorder recorder;
    private final Deque<Change> recorded = new ArrayDeque<>();
    private int taken;

    RecordedChanges(Iterator<Change> changes, Recording.Ahead ahead, Recorder recorder) {
        this.changes = changes;
        this.ahead = ahead;
        this.recorder = recorder;
    }

    @Override
    public boolean hasNext() {
        return !recorded.isEmpty() || changes.hasNext();
    }

    @Override
    public Change next() {
        if (recorded.isEmpty()) {
            List<Change> batch = new ArrayList<>();
            long bytes = 0;
            while (changes.hasNext() && batch.size() < ahead.changes() && bytes < ahead.bytes()) {
                Change change = changes.next();
                batch.add(change);
                bytes += size(change);
            }
            recorder.record(taken, batch);
            taken += batch.size();
            recorded.addAll(batch);
        }
        return recorded.removeFirst();
    }

    private static long size(Change change) {
        long bytes = OVERHEAD;
        for (AttributeChange attribute : change.attributes()) {
            bytes += OVERHEAD + size(attribute.before()) + size(attribute.after());
        }
        return bytes;
    }

    private static long size(Collection<ASN1OctetString> values) {
        return values.stream().mapToLong(value -> value.getValue().length).sum();
    }
}
