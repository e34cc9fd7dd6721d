package dev.rollcall.provisioning.internal.plan;

import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The changes that guardrails took out of a plan, in the order of the plan. Not thread-safe: for one thread at a time. */
public final class BlockedChanges implements AutoCloseable {
    private final Spool spool;

    public BlockedChanges(long memory) {
        this.spool = new Spool(memory);
    }

    public void add(Change change) {
        spool.append(
                change instanceof DirectoryChange entry
                        ? ChangeCodec.encode(entry)
                        : AccountCodec.encode((AccountChange) change));
    }

    public Stream<Change> entries() {
        return stream().map(ChangeCodec::decode);
    }

    public Stream<Change> accounts() {
        return stream().map(AccountCodec::change);
    }

    private Stream<byte[]> stream() {
        Iterator<byte[]> items = new Iterator<>() {
            private long position;

            @Override
            public boolean hasNext() {
                return position < spool.end();
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                byte[] item = spool.read(position);
                position = Spool.after(position, item);
                return item;
            }
        };
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public void close() {
        spool.close();
    }
}
