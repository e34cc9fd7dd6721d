package dev.rollcall.scim;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes connectors to SCIM 2.0 service providers. Thread-safe. */
public final class ScimProvider implements ConnectorProvider {
    /** What cannot be written, and why. */
    private static final Map<String, String> UNWRITABLE = Map.of(
            "id", "the service makes it",
            "meta", "the service makes it",
            "schemas", "it follows from the attributes",
            "groups", "membership is written to groups, not to users",
            "active", "it is written by enable and disable",
            "password", "no service tells it, so that it would be written in every run");

    /** For {@link java.util.ServiceLoader}. */
    public ScimProvider() {}

    @Override
    public ConnectorDescriptor descriptor() {
        return ScimSettingsReader.DESCRIPTOR;
    }

    @Override
    public List<Problem> check(Settings settings) {
        return ScimSettingsReader.check(settings);
    }

    @Override
    public List<Problem> checkAccountAttributes(Collection<String> attributes) {
        return attributeProblems(attributes);
    }

    /** {@return what is wrong with names of attributes, for connectors that stand on this one} */
    public static List<Problem> attributeProblems(Collection<String> attributes) {
        List<Problem> problems = new ArrayList<>();
        for (String attribute : attributes) {
            ScimPath path = ScimPath.parse(attribute).orElse(null);
            if (path == null) {
                problems.add(Problem.of(
                        "bad-attribute",
                        attribute,
                        "'" + attribute + "' is no SCIM attribute",
                        "such as userName, name.givenName or emails[type eq 'work'].value"));
            } else if (path.extension().isEmpty()) {
                String why = UNWRITABLE.get(path.attribute().toLowerCase(Locale.ROOT));
                if (why != null) {
                    String message = "'" + path.attribute() + "' cannot be mapped: " + why;
                    problems.add(Problem.of("bad-attribute", attribute, message, "remove it"));
                }
            }
        }
        return problems;
    }

    @Override
    public Connector create(Settings settings, ConnectorContext context) {
        return ScimConnector.open(settings, context, ScimQuirks.none());
    }
}
