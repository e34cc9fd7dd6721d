package dev.rollcall.connector;

/** Named in META-INF/services of the tests. */
public final class RegisteredProvider extends ConnectorsTest.Provider {
    public RegisteredProvider() {
        super("registered");
    }
}
