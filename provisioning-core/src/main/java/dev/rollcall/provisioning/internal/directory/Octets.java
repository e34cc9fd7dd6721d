package dev.rollcall.provisioning.internal.directory;

import com.unboundid.asn1.ASN1OctetString;
import java.util.List;

/** Texts as the bytes of values, and back. Immutable and thread-safe. */
public final class Octets {
    private Octets() {}

    public static List<ASN1OctetString> of(List<String> texts) {
        return texts.stream().map(ASN1OctetString::new).toList();
    }

    public static List<String> texts(List<ASN1OctetString> values) {
        return values.stream().map(ASN1OctetString::stringValue).toList();
    }
}
