package dev.rollcall.mapping.internal.values;

import dev.rollcall.mapping.rule.Limits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the usual object classes cannot be without. Stateless, and thus thread-safe. */
public final class MandatoryAttributes {
    private static final Map<String, List<String>> MUST = Map.of(
            "person", List.of("cn", "sn"),
            "account", List.of("uid"),
            "posixaccount", List.of("cn", "uid", "uidNumber", "gidNumber", "homeDirectory"),
            "shadowaccount", List.of("uid"),
            "uidobject", List.of("uid"),
            "inetlocalmailrecipient", List.of(),
            "sambasamaccount", List.of("uid", "sambaSID"));

    private MandatoryAttributes() {}

    /** {@return the attributes, in small letters, that well-known classes cannot be without} */
    public static Set<String> of(List<String> objectClasses, Limits limits) {
        Set<String> mandatory = new LinkedHashSet<>();
        for (String objectClass : objectClasses) {
            List<String> must = MUST.getOrDefault(superior(objectClass.toLowerCase(Locale.ROOT)), List.of());
            // Active Directory's person can be without a surname.
            must.stream()
                    .filter(attribute -> limits != Limits.ACTIVE_DIRECTORY || !attribute.equals("sn"))
                    .forEach(attribute -> mandatory.add(attribute.toLowerCase(Locale.ROOT)));
        }
        return mandatory;
    }

    private static String superior(String objectClass) {
        return objectClass.equals("organizationalperson")
                        || objectClass.equals("inetorgperson")
                        || objectClass.equals("user")
                ? "person"
                : objectClass;
    }
}
