package dev.rollcall.provisioning.internal.spool;

import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Items of one kind in a spool; in memory there are eight bytes for each. Not thread-safe: for one thread at a time, but for
 * reading once all is written.
 *
 * @param <T> the items, which are immutable
 */
public final class SpooledItems<T> implements AutoCloseable {
    private final Spool spool;
    private final Positions positions = new Positions();
    private final Function<T, byte[]> encode;
    private final Function<byte[], T> decode;

    public SpooledItems(SpoolBudget memory, Function<T, byte[]> encode, Function<byte[], T> decode) {
        this.spool = new Spool(memory);
        this.encode = encode;
        this.decode = decode;
    }

    public void add(T item) {
        positions.add(spool.append(encode.apply(item)));
    }

    public T get(int number) {
        return decode.apply(spool.read(positions.get(number)));
    }

    public int size() {
        return positions.size();
    }

    /** {@return what was added so far, in this order; each item is decoded when it is asked for} */
    public List<T> list() {
        return new Items<>(this, size(), null);
    }

    /** {@return what was added so far, sorted; each item is decoded when it is asked for} */
    public List<T> sorted(Comparator<? super T> order) {
        int size = size();
        return new Items<>(this, size, NumberSort.sorted(size, (one, other) -> order.compare(get(one), get(other))));
    }

    /** Ends the writing: gives the memory back to the budget. The lists can be read as long as somebody has them. */
    public void release() {
        spool.release();
    }

    @Override
    public void close() {
        spool.close();
    }

    private static final class Items<T> extends AbstractList<T> implements RandomAccess {
        private final SpooledItems<T> all;
        private final int size;

        /** Null if the items are in the order in which they were added. */
        private final int @Nullable [] order;

        Items(SpooledItems<T> all, int size, int @Nullable [] order) {
            this.all = all;
            this.size = size;
            this.order = order;
        }

        @Override
        public T get(int index) {
            if (index < 0 || index >= size) {
                throw new IndexOutOfBoundsException(index);
            }
            return all.get(order == null ? index : order[index]);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
