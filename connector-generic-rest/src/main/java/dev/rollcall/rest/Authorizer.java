package dev.rollcall.rest;

/** Adds credentials to calls. Implementations are thread-safe, and their {@code toString} holds no secret. */
interface Authorizer {
    /** {@return an authorizer that adds nothing} */
    static Authorizer none() {
        return call -> call;
    }

    /**
     * Adds the credentials.
     *
     * @throws dev.rollcall.connector.ConnectorException if they cannot be obtained
     */
    Call authorize(Call call);

    /** {@return whether calls carry a credential} */
    default boolean hasCredentials() {
        return false;
    }

    /**
     * Told when an application refused a call with status 401.
     *
     * @param refused the call as it was sent
     * @return whether there is another credential now, with which the call is to be made once more
     */
    default boolean renew(Call refused) {
        return false;
    }
}
