package dev.rollcall.mapping.internal.values;

import dev.rollcall.mapping.rule.Limits;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is known of an attribute without asking a directory: how long it may be, how many values it takes, what it may
 * not contain. The figures are Active Directory's schema. Immutable and thread-safe.
 *
 * @param maxLength in characters, of binary attributes in bytes; 0 for no limit
 * @param single whether it takes one value at most
 * @param binary whether its values are bytes
 * @param forbidden characters that its values may not contain
 */
public record AttributeFacts(int maxLength, boolean single, boolean binary, String forbidden) {
    private static final AttributeFacts UNKNOWN = new AttributeFacts(0, false, false, "");
    private static final AttributeFacts UNKNOWN_BYTES = new AttributeFacts(0, false, true, "");

    private static final Set<String> BINARY = Set.of(
            "jpegphoto",
            "thumbnailphoto",
            "thumbnaillogo",
            "photo",
            "audio",
            "usercertificate",
            "usersmimecertificate",
            "userpkcs12",
            "cacertificate",
            "objectguid",
            "objectsid",
            "msexchmailboxguid",
            "ms-ds-consistencyguid");

    private static final Set<String> CASE_EXACT = Set.of(
            "labeleduri", "homedirectory", "unixhomedirectory", "loginshell", "memberuid", "sshpublickey", "gecos");

    private static final Map<String, AttributeFacts> ACTIVE_DIRECTORY = activeDirectory();

    /** {@return what is known of an attribute, under the rules of Active Directory or under none} */
    public static AttributeFacts of(String attribute, Limits limits) {
        String name = base(attribute);
        if (limits == Limits.ACTIVE_DIRECTORY) {
            AttributeFacts facts = ACTIVE_DIRECTORY.get(name);
            if (facts != null) {
                return facts;
            }
        }
        return BINARY.contains(name) || attribute.toLowerCase(Locale.ROOT).contains(";binary")
                ? UNKNOWN_BYTES
                : UNKNOWN;
    }

    /** {@return whether values that differ in case only are two values} */
    public static boolean isCaseExact(String attribute) {
        return CASE_EXACT.contains(base(attribute));
    }

    /** {@return the attribute's name without options, in small letters} */
    public static String base(String attribute) {
        int options = attribute.indexOf(';');
        return (options < 0 ? attribute : attribute.substring(0, options)).toLowerCase(Locale.ROOT);
    }

    private static Map<String, AttributeFacts> activeDirectory() {
        Map<String, AttributeFacts> facts = new HashMap<>();
        String[] single = {
            "cn 64",
            "displayName 256",
            "givenName 64",
            "sn 64",
            "initials 6",
            "middleName 64",
            "personalTitle 64",
            "generationQualifier 64",
            "title 128",
            "department 64",
            "company 64",
            "division 256",
            "physicalDeliveryOfficeName 128",
            "telephoneNumber 64",
            "mobile 64",
            "facsimileTelephoneNumber 64",
            "homePhone 64",
            "pager 64",
            "ipPhone 64",
            "mail 256",
            "wWWHomePage 2048",
            "employeeID 16",
            "employeeNumber 512",
            "employeeType 256",
            "info 1024",
            "streetAddress 1024",
            "l 128",
            "st 128",
            "postalCode 40",
            "c 3",
            "co 128",
            "countryCode 0",
            "manager 0",
            "accountExpires 0",
            "userAccountControl 0",
            "homeDirectory 0",
            "homeDrive 0",
            "scriptPath 0",
            "profilePath 0",
            "uidNumber 0",
            "gidNumber 0",
            "unixHomeDirectory 2048",
            "loginShell 1024",
            "comment 0",
            "assistant 0",
            "extensionAttribute1 1024",
            "extensionAttribute2 1024",
            "extensionAttribute3 1024",
            "extensionAttribute4 1024",
            "extensionAttribute5 1024",
            "extensionAttribute6 1024",
            "extensionAttribute7 1024",
            "extensionAttribute8 1024",
            "extensionAttribute9 1024",
            "extensionAttribute10 1024",
            "extensionAttribute11 2048",
            "extensionAttribute12 2048",
            "extensionAttribute13 2048",
            "extensionAttribute14 2048",
            "extensionAttribute15 2048"
        };
        for (String line : single) {
            put(facts, line, true, false, "");
        }
        put(facts, "sAMAccountName 20", true, false, "\"/\\[]:;|=,+*?<>@'");
        put(facts, "userPrincipalName 113", true, false, "\\%&*+/=?{}|<>();:,[]\" ");
        put(facts, "mailNickname 64", true, false, "\\%&*+/=?{}|<>();:,[]\" @");
        put(facts, "thumbnailPhoto 102400", true, true, "");
        put(facts, "proxyAddresses 1123", false, false, " <>();,[]\"");
        // The schema allows several. The server allows one in users, groups and computers (MS-SAMR).
        put(facts, "description 1024", true, false, "");
        put(facts, "ou 64", false, false, "");
        put(facts, "otherTelephone 64", false, false, "");
        put(facts, "otherMobile 64", false, false, "");
        put(facts, "url 0", false, false, "");
        return Map.copyOf(facts);
    }

    private static void put(
            Map<String, AttributeFacts> facts, String line, boolean single, boolean binary, String forbidden) {
        int space = line.indexOf(' ');
        int length = Integer.parseInt(line.substring(space + 1));
        facts.put(
                line.substring(0, space).toLowerCase(Locale.ROOT),
                new AttributeFacts(length, single, binary, forbidden));
    }
}
