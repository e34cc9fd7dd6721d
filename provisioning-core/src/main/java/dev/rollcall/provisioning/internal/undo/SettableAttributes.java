package dev.rollcall.provisioning.internal.undo;

import com.unboundid.ldap.sdk.Attribute;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.ServerAttributes;
import java.util.Locale;
import java.util.Set;

/** Which of the recorded attributes a new entry can be made with: all but those that the server keeps. Immutable and thread-safe. */
record SettableAttributes(DirectoryAccess directory) {
    /** What a domain controller sets itself, though not all of it is marked so in the schema. */
    private static final Set<String> OF_THE_DOMAIN = Set.of(
            "accountexpires",
            "admincount",
            "badpasswordtime",
            "badpwdcount",
            "codepage",
            "countrycode",
            "distinguishedname",
            "dscorepropagationdata",
            "instancetype",
            "lastlogoff",
            "lastlogon",
            "lastlogontimestamp",
            "lockouttime",
            "logoncount",
            "memberof",
            "name",
            "objectcategory",
            "objectguid",
            "objectsid",
            "primarygroupid",
            "pwdlastset",
            "samaccounttype",
            "usnchanged",
            "usncreated",
            "whenchanged",
            "whencreated");

    static SettableAttributes of(DirectoryAccess directory) {
        return new SettableAttributes(directory);
    }

    boolean contains(String name) {
        boolean domains = directory.kind() == DirectoryKind.ACTIVE_DIRECTORY
                && OF_THE_DOMAIN.contains(Attribute.getBaseName(name).toLowerCase(Locale.ROOT));
        return !domains && !ServerAttributes.isKept(directory.schema(), name);
    }
}
