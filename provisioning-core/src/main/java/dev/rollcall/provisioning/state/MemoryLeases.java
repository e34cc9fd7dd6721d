package dev.rollcall.provisioning.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Leases among the threads of one process. Thread-safe. */
final class MemoryLeases implements Leases {
    private record Kept(long number, Holder holder, boolean returned) {
        boolean isHeld(Instant now) {
            return !returned && holder.until().isAfter(now);
        }
    }

    private final Map<String, Kept> kept = new HashMap<>();
    private final Clock clock;

    MemoryLeases(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public synchronized Optional<Lease> take(String what, String who, Duration length) {
        if (length.toMillis() <= 0) {
            throw new IllegalArgumentException("length: must be at least a millisecond; was " + length);
        }
        Instant now = clock.instant();
        Kept last = kept.get(what);
        if (last != null && last.isHeld(now)) {
            return Optional.empty();
        }
        long number = last == null ? 1 : last.number() + 1;
        kept.put(what, new Kept(number, new Holder(who, now, now.plus(length)), false));
        return Optional.of(new Taken(what, number, length));
    }

    @Override
    public synchronized Optional<Holder> holder(String what) {
        return Optional.ofNullable(kept.get(what))
                .filter(last -> last.isHeld(clock.instant()))
                .map(Kept::holder);
    }

    private synchronized boolean renew(Taken lease) {
        Kept last = kept.get(lease.what());
        if (last == null || last.number() != lease.number() || last.returned()) {
            return false;
        }
        Instant until = clock.instant().plus(lease.length());
        Holder holder = new Holder(last.holder().who(), last.holder().since(), until);
        kept.put(lease.what(), new Kept(lease.number(), holder, false));
        return true;
    }

    private synchronized void giveBack(Taken lease) {
        kept.computeIfPresent(
                lease.what(),
                (what, last) -> last.number() == lease.number() ? new Kept(last.number(), last.holder(), true) : last);
    }

    private final class Taken implements Lease {
        private final String what;
        private final long number;
        private final Duration length;

        Taken(String what, long number, Duration length) {
            this.what = what;
            this.number = number;
            this.length = length;
        }

        String what() {
            return what;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public Duration length() {
            return length;
        }

        @Override
        public boolean renew() {
            return MemoryLeases.this.renew(this);
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }
}
