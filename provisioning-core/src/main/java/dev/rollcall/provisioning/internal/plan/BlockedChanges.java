package dev.rollcall.provisioning.internal.plan;

import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.plan.AccountChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.stream.Stream;

/** The changes that guardrails took out of a plan, in the order of the plan. Not thread-safe: for one thread at a time. */
public final class BlockedChanges implements AutoCloseable {
    private final Spool spool;

    public BlockedChanges(SpoolBudget memory) {
        this.spool = new Spool(memory);
    }

    public void add(Change change) {
        spool.append(
                change instanceof DirectoryChange entry
                        ? ChangeCodec.encode(entry)
                        : AccountCodec.encode((AccountChange) change));
    }

    public Stream<Change> entries() {
        return spool.items().map(ChangeCodec::decode);
    }

    public Stream<Change> accounts() {
        return spool.items().map(AccountCodec::change);
    }

    @Override
    public void close() {
        spool.close();
    }
}
