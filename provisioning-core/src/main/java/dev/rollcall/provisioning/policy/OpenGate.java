package dev.rollcall.provisioning.policy;

import dev.rollcall.provisioning.plan.Change;

/** Lets every change through. */
enum OpenGate implements ChangeGate {
    INSTANCE;

    @Override
    public Decision decide(Change change) {
        return Decision.ALLOW;
    }
}
