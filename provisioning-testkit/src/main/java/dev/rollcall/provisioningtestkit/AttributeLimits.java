package dev.rollcall.provisioningtestkit;

import java.util.Map;
import java.util.TreeMap;

/** How long Active Directory lets values be (rangeUpper of its schema). */
final class AttributeLimits {
    private static final Map<String, Integer> CHARACTERS = characters();

    private AttributeLimits() {}

    /** The most characters that a value may have, or the largest int. */
    static int of(String attribute) {
        return CHARACTERS.getOrDefault(attribute, Integer.MAX_VALUE);
    }

    private static Map<String, Integer> characters() {
        TreeMap<String, Integer> limits = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        limits.put("sAMAccountName", 256);
        limits.put("userPrincipalName", 1024);
        limits.put("cn", 64);
        limits.put("displayName", 256);
        limits.put("givenName", 64);
        limits.put("sn", 64);
        limits.put("initials", 6);
        limits.put("middleName", 64);
        limits.put("title", 128);
        limits.put("department", 64);
        limits.put("company", 64);
        limits.put("physicalDeliveryOfficeName", 128);
        limits.put("telephoneNumber", 64);
        limits.put("mobile", 64);
        limits.put("mail", 256);
        limits.put("employeeID", 16);
        limits.put("employeeNumber", 512);
        limits.put("employeeType", 256);
        limits.put("description", 1024);
        limits.put("info", 1024);
        limits.put("streetAddress", 1024);
        limits.put("l", 128);
        limits.put("st", 128);
        limits.put("postalCode", 40);
        limits.put("c", 3);
        limits.put("co", 128);
        limits.put("proxyAddresses", 1123);
        return limits;
    }
}
