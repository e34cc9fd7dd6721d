package dev.rollcall.apollo;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Settings;
import dev.rollcall.scim.ScimConnector;
import dev.rollcall.scim.ScimProvider;
import dev.rollcall.scim.ScimQuirks;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes connectors to Apollo's SCIM service, the only way in which its users are created, changed and deactivated.
 * Thread-safe.
 *
 * <p>Its address is not public: the screen where provisioning is set up shows it, with the token.
 */
public final class ApolloScimProvider implements ConnectorProvider {
    private static final ScimProvider SCIM = new ScimProvider();
    private static final ConnectorDescriptor DESCRIPTOR = describe();

    private static final Pattern SEATS = Pattern.compile("\\b(seat|seats|license|licence)\\b");
    private static final Pattern ELSEWHERE = Pattern.compile("\\b(invit\\w*|another team|other team)\\b");

    private static final String NO_SEAT = "free a seat or add one in Apollo, then run again";
    private static final String INVITED = "have the person accept Apollo's invitation, then run again";

    private static final ScimQuirks QUIRKS = ScimQuirks.none()
            .fixed(
                    "userName",
                    "emails",
                    "emails.value",
                    "emails[type eq 'work'].value",
                    "emails[primary eq true].value")
            .explained(ApolloScimProvider::explain)
            .maybeInvisible(
                    "Apollo has no seat left, or the person is in another Apollo team: " + NO_SEAT + "; or " + INVITED);

    /** For {@link java.util.ServiceLoader}. */
    public ApolloScimProvider() {}

    private static ConnectorDescriptor describe() {
        ConnectorDescriptor.Builder builder = ConnectorDescriptor.builder("apollo-scim")
                .primaryKey("id")
                .endpoint("users")
                .capability(Capability.BY_KEYS, Capability.WRITES_ACCOUNTS);
        SCIM.descriptor().settings().values().forEach(builder::setting);
        return builder.build();
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Problem> check(Settings settings) {
        return SCIM.check(settings);
    }

    @Override
    public List<Problem> checkAccountAttributes(Collection<String> attributes) {
        return SCIM.checkAccountAttributes(attributes);
    }

    @Override
    public Connector create(Settings settings, ConnectorContext context) {
        return ScimConnector.open(settings, context, QUIRKS);
    }

    private static Optional<Problem> explain(int status, String scimType, String detail) {
        String words = detail.toLowerCase(Locale.ROOT);
        if (status < 400 || status == 429) {
            return Optional.empty();
        } else if (SEATS.matcher(words).find()) {
            return Optional.of(Problem.of("seat-limit", "", "Apollo has no seat left: " + detail, NO_SEAT));
        } else if (ELSEWHERE.matcher(words).find()) {
            return Optional.of(Problem.of("invitation-pending", "", "Apollo waits for the person: " + detail, INVITED));
        }
        return Optional.empty();
    }
}
