package dev.rollcall.connector;

/**
 * A live link to one application. Implementations are thread-safe.
 *
 * <p>No method blocks longer than the connector's timeouts; every failure is a {@link ConnectorException} and nothing
 * else; an interrupted call restores the interrupt flag and throws one of kind {@link FailureKind#CANCELLED}.
 */
public interface Connector extends AutoCloseable {
    /**
     * Obtains or confirms authorization, or says where to send a person, or gives back what was granted.
     *
     * @throws ConnectorException if the application refuses or cannot be reached; of kind {@link FailureKind#UNSUPPORTED} if
     *     nothing is granted that could be given back
     */
    AuthorizationResult authorize(AuthorizationRequest request);

    /**
     * Fetches users, page by page, each as it is asked for. The pages of {@link UserQuery#all()} end only after every
     * user was read. The host checks this: a page reports the total and the doubts of the application ({@link Page}), and
     * a list that contradicts itself is fetched again. A connector whose list can be fetched only once throws UNSUPPORTED
     * the second time; such a list is incomplete at the first contradiction.
     *
     * @throws ConnectorException of kind {@link FailureKind#UNSUPPORTED} if the capabilities lack this query; any
     *     failure to read a page is thrown by the iterator
     */
    PageIterator<UserRecord> fetchUsers(UserQuery query);

    /**
     * Sends one rendered call; what comes back is the caller's to judge, whatever its status.
     *
     * @throws ConnectorException of kind {@link FailureKind#UNSUPPORTED} without {@link Capability#WEBHOOKS}; of kind
     *     {@link FailureKind#AMBIGUOUS} if a call that must not be repeated may have taken effect
     */
    default WebhookResponse invokeWebhook(WebhookCall call) {
        throw ConnectorException.unsupported("this connector sends no webhooks");
    }

    /**
     * The accounts of the application, to be written.
     *
     * @throws ConnectorException of kind {@link FailureKind#UNSUPPORTED} without {@link Capability#WRITES_ACCOUNTS}
     */
    default AccountWriter accounts() {
        throw ConnectorException.unsupported("this connector writes no accounts");
    }

    /**
     * Releases connections and ends threads; may be called more than once. Does not throw. A call after it fails with
     * {@link IllegalStateException} or a {@link ConnectorException}; so do pages that were begun before it, unless they still
     * reach the end of the list.
     */
    @Override
    void close();
}
