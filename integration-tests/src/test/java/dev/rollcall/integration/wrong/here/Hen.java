package dev.rollcall.integration.wrong.here;

import dev.rollcall.integration.wrong.there.Egg;

/** One half of a cycle of packages. */
public final class Hen {
    public Egg lays() {
        return new Egg();
    }
}
