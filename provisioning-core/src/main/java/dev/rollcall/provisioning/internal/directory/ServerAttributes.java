package dev.rollcall.provisioning.internal.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which attributes a server keeps by itself, so that no client writes them. Immutable and thread-safe. */
public final class ServerAttributes {
    /** Of every server, and of those that tell nothing of their schema. */
    private static final Set<String> EVERYWHERE = Set.of(
            "createtimestamp",
            "creatorsname",
            "entrycsn",
            "entrydn",
            "entryuuid",
            "hassubordinates",
            "modifiersname",
            "modifytimestamp",
            "nsuniqueid",
            "numsubordinates",
            "structuralobjectclass",
            "subschemasubentry");

    private ServerAttributes() {}

    /** Whether the server alone sets this attribute, whose name may have options. */
    public static boolean isKept(@Nullable Schema schema, String name) {
        String base = Attribute.getBaseName(name);
        AttributeTypeDefinition type = schema == null ? null : schema.getAttributeType(base);
        return EVERYWHERE.contains(base.toLowerCase(Locale.ROOT)) || (type != null && type.isNoUserModification());
    }
}
