package dev.rollcall.integration.wrong.there;

import dev.rollcall.integration.wrong.here.Hen;

/** The other half. */
public final class Egg {
    public Hen becomes() {
        return new Hen();
    }
}
