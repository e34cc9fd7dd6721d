package dev.rollcall.provisioning;

/** Lets every change through. */
enum OpenGate implements ChangeGate {
    INSTANCE;

    @Override
    public Decision decide(Change change) {
        return Decision.ALLOW;
    }
}
