package dev.rollcall.mapping.internal.definition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Compares the rules of mappings by one number. */
public final class MappingFingerprint {
    private MappingFingerprint() {}

    /** {@return SHA-256 of all rules in hexadecimal; of functions it has the names only} */
    public static String of(MappingDefinition rules) {
        List<Object> parts = new ArrayList<>(Arrays.asList(
                rules.keyColumn(),
                rules.keyAttribute(),
                rules.keyForm(),
                String.valueOf(rules.previousKeyColumn()),
                rules.dn(),
                rules.limits(),
                rules.accounts(),
                rules.objectClasses(),
                rules.match(),
                rules.groups(),
                rules.functions().all().stream()
                        .map(function -> function.declaration().name())
                        .toList()));
        parts.addAll(rules.attributes());
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part).append('\n'));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
