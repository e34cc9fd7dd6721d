package dev.rollcall.mapping;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Tells whether two mappings have the same rules. Immutable and thread-safe. */
final class MappingFingerprint {
    private MappingFingerprint() {}

    static String of(MappingBuilder rules) {
        StringBuilder text = new StringBuilder();
        DnRule dn = rules.dn;
        for (Object part : List.of(
                Objects.requireNonNullElse(rules.keyColumn, ""),
                Objects.requireNonNullElse(rules.keyAttribute, ""),
                rules.normalizations,
                dn == null ? "" : List.of(dn.format(), dn.apply(), dn.createsParents()),
                rules.limits == null ? "" : rules.limits,
                rules.accounts,
                rules.objectClasses,
                rules.match,
                rules.groups)) {
            text.append(part).append('\n');
        }
        rules.attributes.forEach(
                each -> text.append(each.name()).append(each.rule().full()).append('\n'));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
