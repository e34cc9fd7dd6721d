package dev.rollcall.mapping.entry;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.mapping.rule.ValuesPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a mapping wants for one LDAP attribute of one user. Immutable and thread-safe. */
public sealed interface AttributeIntent {
    /**
     * The attribute shall have these values.
     *
     * @param values at least one, none empty, no two alike, in the order of the mapping
     * @param policy what becomes of the values that the entry has besides
     */
    record Set(List<ASN1OctetString> values, ValuesPolicy policy) implements AttributeIntent {
        /** The list is copied. */
        public Set {
            values = List.copyOf(values);
            Objects.requireNonNull(policy, "policy");
            if (values.isEmpty()) {
                throw new IllegalArgumentException("to set an attribute takes a value; to have none, clear it");
            }
        }

        /** Sets these texts, in place of whatever is there. */
        public static Set of(String... texts) {
            List<ASN1OctetString> values = new ArrayList<>();
            for (String text : texts) {
                values.add(new ASN1OctetString(text));
            }
            return new Set(values, ValuesPolicy.replace());
        }

        /** {@return the values as texts; of a binary value what UTF-8 makes of it} */
        public List<String> texts() {
            return values.stream().map(ASN1OctetString::stringValue).toList();
        }

        /**
         * {@return the values that the attribute should have in an entry that has {@code present} now: ours, and those
         * of the present ones that the policy does not let us remove}
         */
        public List<ASN1OctetString> over(Collection<ASN1OctetString> present) {
            return policy.over(present, values);
        }

        /** {@return the values as a person reads them: text, or how many bytes} */
        @Override
        public String toString() {
            return "set " + values.stream().map(Set::readable).toList();
        }

        private static String readable(ASN1OctetString value) {
            byte[] bytes = value.getValue();
            for (byte b : bytes) {
                if (b >= 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t') {
                    return String.format(Locale.ROOT, "%d bytes", bytes.length);
                }
            }
            return value.stringValue();
        }
    }

    /**
     * The attribute shall have no value of ours.
     *
     * @param policy what becomes of the values that the entry has
     */
    record Clear(ValuesPolicy policy) implements AttributeIntent {
        /** A policy is required. */
        public Clear {
            Objects.requireNonNull(policy, "policy");
        }

        /** Takes away whatever is there. */
        public Clear() {
            this(ValuesPolicy.replace());
        }

        /** {@return the values that stay in an entry that has {@code present} now: those that are not ours to remove} */
        public List<ASN1OctetString> over(Collection<ASN1OctetString> present) {
            return policy.isMerge() ? policy.over(present, List.of()) : List.of();
        }

        @Override
        public String toString() {
            return policy.isMerge() ? "clear what is ours" : "clear";
        }
    }

    /**
     * The attribute stays as it is in the entry; a new entry gets none.
     *
     * @param reason why, for explanations
     * @param absentColumns the columns that are not in the record, if it would be written but for them
     */
    record Keep(String reason, List<ColumnPath> absentColumns) implements AttributeIntent {
        /** Both are required. */
        public Keep {
            Objects.requireNonNull(reason, "reason");
            absentColumns = List.copyOf(absentColumns);
        }

        /** Keeps it for a reason that has nothing to do with the columns that there are. */
        public Keep(String reason) {
            this(reason, List.of());
        }

        @Override
        public String toString() {
            return "keep (" + reason + ")";
        }
    }

    /**
     * The attribute shall hold the DN of the entry with each of these keys, which is found when the change is written.
     *
     * @param keys at least one, no two alike, normalized as {@link dev.rollcall.mapping.KeyRule#normalize
     *     KeyRule.normalize} does it
     */
    record Reference(List<String> keys) implements AttributeIntent {
        /** The list is copied. */
        public Reference {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("a reference takes a key; to have none, clear the attribute");
            }
        }

        /** Refers to one entry. */
        public Reference(String key) {
            this(List.of(key));
        }

        @Override
        public String toString() {
            return (keys.size() == 1 ? "the entry with key " : "the entries with the keys ") + String.join(", ", keys);
        }
    }
}
