package dev.rollcall.scim;

import java.net.URI;
import java.util.Locale;

/** The settings of a service provider. Immutable and thread-safe. */
record ScimSettings(
        URI base, int pageSize, PatchStyle style, boolean flagsAsText, boolean bulk, int parallel, boolean schemas) {
    /** The base URL may come from the environment as a secret: only its host is shown. */
    @Override
    public String toString() {
        return "ScimSettings of " + base.getHost();
    }

    /** How accounts are changed. */
    enum PatchStyle {
        /** One operation with a path per attribute, as Entra ID does it. */
        PATH,
        /** One operation without a path, whose value is an object, as Okta does it. */
        NO_PATH,
        /** The whole user, read before. */
        PUT;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
