package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.provisioning.internal.plan.ChangeCodec;
import dev.rollcall.provisioning.internal.spool.ItemReader;
import dev.rollcall.provisioning.internal.spool.ItemWriter;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.List;
import java.util.function.Consumer;

/**
 * Changes with references to entries that the same plan makes, until those are there. They are spooled: in a first load
 * that may be everybody. Not thread-safe: for one thread at a time.
 */
final class WaitingReferences implements AutoCloseable {
    /**
     * A change whose references are still to be written.
     *
     * @param at its place in the plan
     * @param alone whether nothing of it has been written yet
     */
    record Waiting(int at, DirectoryChange change, boolean alone) {}

    private final SpoolBudget memory;
    private Spool spool;
    private long position;

    WaitingReferences(SpoolBudget memory) {
        this.memory = memory;
        this.spool = new Spool(memory);
    }

    /** Takes the references to entries that this plan makes out of {@code now}, and returns them: they come later. */
    static List<AttributeChange> split(List<AttributeChange> now) {
        List<AttributeChange> then =
                now.stream().filter(AttributeChange::referenceIsNew).toList();
        now.removeAll(then);
        return then;
    }

    void add(Waiting one) {
        spool.append(new ItemWriter()
                .number(one.at)
                .flag(one.alone)
                .bytes(ChangeCodec.encode(one.change))
                .item());
    }

    boolean isEmpty() {
        return position == spool.end();
    }

    /** Takes all out, in the order in which they came. */
    void drain(Consumer<Waiting> each) {
        while (!isEmpty()) {
            byte[] item = spool.read(position);
            position = Spool.after(position, item);
            ItemReader in = new ItemReader(item);
            int at = in.number();
            boolean alone = in.flag();
            each.accept(new Waiting(at, ChangeCodec.decode(in.bytes()), alone));
        }
        spool.close();
        spool = new Spool(memory);
        position = 0;
    }

    @Override
    public void close() {
        spool.close();
    }
}
