package dev.rollcall.provisioning.directory;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import java.util.Collection;
import java.util.Set;

/**
 * When two values of one attribute are the same, as its syntax says. Two values are equal if their canonical texts are;
 * of several values, order does not count. Immutable and thread-safe.
 */
public final class AttributeEquality {
    private final ValueEquality values;

    AttributeEquality(ValueEquality values) {
        this.values = values;
    }

    /** {@return whether the schema allows one value only} */
    public boolean isSingleValued() {
        return values.isSingleValued();
    }

    /** {@return whether the server can compare values, so that a modification can name the one it replaces} */
    public boolean hasEqualityRule() {
        return values.hasEqualityRule();
    }

    /** {@return whether values are the names of entries} */
    public boolean isDn() {
        return values.isDn();
    }

    /** {@return the text that all spellings of this value share} */
    public String canonical(ASN1OctetString value) {
        return values.canonical(value);
    }

    /** {@return the text that all spellings of this value share} */
    public String canonical(String value) {
        return values.canonical(value);
    }

    /** {@return whether both hold the same values, in any order} */
    public boolean same(Collection<ASN1OctetString> some, Collection<ASN1OctetString> others) {
        return values.same(some, others);
    }

    /** {@return the canonical texts of all values} */
    public Set<String> canonical(Collection<ASN1OctetString> some) {
        return values.canonical(some);
    }
}
