package dev.rollcall.provisioning.state;

import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.ItemReader;
import dev.rollcall.provisioning.internal.spool.ItemWriter;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.internal.spool.SpooledItems;
import dev.rollcall.provisioning.journal.Journal;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** State for as long as the program runs: in memory, and in a temporary file once it is much. Thread-safe. */
final class MemoryState implements StateStore {
    /** What of it is kept in memory, in bytes. */
    private static final long IN_MEMORY = 2 << 20;

    /** What is remembered of one target; what was remembered in place of something follows it. */
    private static final class Remembered {
        private final SpooledItems<Normalization> all =
                new SpooledItems<>(new SpoolBudget(IN_MEMORY), Remembered::encoded, Remembered::decoded);

        private final HashIndex places = new HashIndex();
        private final BitSet replaced = new BitSet();

        void add(Normalization one) {
            String place = place(one);
            places.each(place, number -> {
                if (!replaced.get(number) && place(all.get(number)).equals(place)) {
                    replaced.set(number);
                }
            });
            places.put(place, all.size());
            all.add(one);
        }

        /** The same without what was replaced, if that is most of it. */
        Remembered compact() {
            if (replaced.cardinality() * 2 <= all.size()) {
                return this;
            }
            Remembered rest = new Remembered();
            for (int number : numbers()) {
                rest.add(all.get(number));
            }
            return rest;
        }

        int[] numbers() {
            return IntStream.range(0, all.size())
                    .filter(number -> !replaced.get(number))
                    .toArray();
        }

        private static byte[] encoded(Normalization one) {
            return new ItemWriter()
                    .texts(List.of(one.id(), one.attribute(), one.wanted(), one.stored()))
                    .item();
        }

        private static Normalization decoded(byte[] item) {
            List<String> texts = new ItemReader(item).texts();
            return new Normalization(texts.get(0), texts.get(1), texts.get(2), texts.get(3));
        }

        private static String place(Normalization one) {
            return one.id() + '\n' + one.attribute().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<String, Remembered> remembered = new TreeMap<>();

    private final Map<String, Accounts> accounts = new TreeMap<>();
    private final @Nullable Journal journal;

    MemoryState() {
        this(null);
    }

    MemoryState(@Nullable Journal journal) {
        this.journal = journal;
    }

    @Override
    public Optional<Journal> journal() {
        return Optional.ofNullable(journal);
    }

    @Override
    public synchronized List<Normalization> normalizations(String target) {
        Remembered known = remembered.get(target);
        if (known == null) {
            return List.of();
        }
        int[] numbers = known.numbers();
        return new AbstractList<>() {
            @Override
            public Normalization get(int index) {
                // Others may add meanwhile.
                synchronized (MemoryState.this) {
                    return known.all.get(numbers[index]);
                }
            }

            @Override
            public int size() {
                return numbers.length;
            }
        };
    }

    @Override
    public synchronized void remember(String target, Collection<Normalization> normalizations) {
        Remembered known = remembered.computeIfAbsent(target, none -> new Remembered());
        normalizations.forEach(known::add);
        remembered.put(target, known.compact());
    }

    @Override
    public synchronized Optional<Accounts> accounts(String target) {
        return Optional.ofNullable(accounts.get(target));
    }

    @Override
    public synchronized void remember(String target, Accounts left) {
        accounts.put(target, left);
    }

    /** What is remembered of the accounts of each application. */
    synchronized Map<String, Accounts> accounts() {
        return new TreeMap<>(accounts);
    }

    /** The targets of which something is remembered. */
    synchronized List<String> targets() {
        return new ArrayList<>(remembered.keySet());
    }
}
