package dev.rollcall.provisioning.internal.spool;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.OptionalLong;

/** The heap that a run shares with the rest of its process. Implementations are thread-safe. */
public interface Heap {
    /** {@return the heap of this process} */
    static Heap ofProcess() {
        return new Jvm();
    }

    /** {@return the most bytes that it can have, as {@code -Xmx} says} */
    long max();

    /**
     * {@return how many bytes the last collections left, at most: some of them may be garbage by now; 0 before the first}
     */
    long survived();

    /** {@return how many bytes are live, found out by a full collection; empty if the JVM makes none when asked} */
    OptionalLong live();

    /** What the Java platform says. Thread-safe. */
    final class Jvm implements Heap {
        @Override
        public long max() {
            return Runtime.getRuntime().maxMemory();
        }

        @Override
        public long survived() {
            long survived = 0;
            for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
                MemoryUsage usage = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
                survived += usage == null ? 0 : usage.getUsed();
            }
            return survived;
        }

        @Override
        public OptionalLong live() {
            long before = collections();
            System.gc();
            if (collections() == before) {
                return OptionalLong.empty();
            }
            Runtime runtime = Runtime.getRuntime();
            return OptionalLong.of(runtime.totalMemory() - runtime.freeMemory());
        }

        private static long collections() {
            return ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                    .sum();
        }
    }
}
