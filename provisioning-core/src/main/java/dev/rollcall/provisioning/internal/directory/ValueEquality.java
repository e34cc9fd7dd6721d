package dev.rollcall.provisioning.internal.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.util.Base64;
import com.unboundid.util.StaticUtils;
import java.math.BigInteger;
import java.text.Normalizer;
import java.text.ParseException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * When two values of one attribute are the same, as its syntax says. Two values are equal if their canonical texts are;
 * of several values, order does not count. The server takes more for one value than that: a change of case is a change,
 * but no entry has both spellings. Immutable and thread-safe.
 */
public final class ValueEquality {
    /** What the values of an attribute are. */
    enum Syntax {
        TEXT,
        DN,
        INTEGER,
        BOOLEAN,
        TIME,
        BYTES,
        ACCOUNT_EXPIRES,
        USER_ACCOUNT_CONTROL
    }

    /** How the server compares two strings, by its matching rule. */
    enum Rule {
        CASE_IGNORED,
        CASE_EXACT,
        TELEPHONE,
        NUMERIC,
        OCTETS
    }

    private static final BigInteger NEVER = BigInteger.valueOf(Long.MAX_VALUE);

    /** Set by the server (locked out, password expired), or a matter of enabling and disabling: none of a mapping's. */
    private static final long NOT_OWNED = 0x2L | 0x10L | 0x800000L;

    private final Syntax syntax;
    private final boolean singleValued;
    private final boolean equalityRule;
    private final Rule rule;

    ValueEquality(Syntax syntax, boolean singleValued, boolean equalityRule, Rule rule) {
        this.rule = rule;
        this.syntax = syntax;
        this.singleValued = singleValued;
        this.equalityRule = equalityRule;
    }

    /** {@return whether the schema allows one value only} */
    public boolean isSingleValued() {
        return singleValued;
    }

    /** {@return whether the server can compare values, so that a modification can name the one it replaces} */
    public boolean hasEqualityRule() {
        return equalityRule;
    }

    /** {@return whether values are the names of entries} */
    public boolean isDn() {
        return syntax == Syntax.DN;
    }

    /** Whether its values are no texts. */
    public boolean isBytes() {
        return syntax == Syntax.BYTES;
    }

    /** {@return the text that all spellings of this value share} */
    public String canonical(ASN1OctetString value) {
        if (syntax == Syntax.BYTES) {
            return Base64.encode(value.getValue());
        }
        byte[] bytes = value.getValue();
        // Not UTF-8: a certificate or a picture in an attribute that the schema told us nothing about.
        return StaticUtils.isValidUTF8(bytes) ? canonical(value.stringValue()) : Base64.encode(bytes);
    }

    /** {@return the text that all spellings of this value share} */
    public String canonical(String value) {
        return switch (syntax) {
            case TEXT -> text(value);
            case DN -> DnForm.of(value);
            case INTEGER -> integer(value);
            case ACCOUNT_EXPIRES -> {
                String number = integer(value);
                yield number.equals("0") ? NEVER.toString() : number;
            }
            case USER_ACCOUNT_CONTROL -> {
                try {
                    yield Long.toString(Long.parseLong(value.strip()) & 0xFFFFFFFFL & ~NOT_OWNED);
                } catch (NumberFormatException notANumber) {
                    yield text(value);
                }
            }
            case BOOLEAN -> value.strip().toUpperCase(Locale.ROOT);
            case TIME -> {
                try {
                    yield instant(value.strip());
                } catch (ParseException notATime) {
                    yield text(value);
                }
            }
            case BYTES -> Base64.encode(value);
        };
    }

    /** {@return the string that all values share which the server takes for one, so that it keeps one of them only} */
    public String matched(ASN1OctetString value) {
        return syntax == Syntax.TEXT && StaticUtils.isValidUTF8(value.getValue())
                ? matched(value.stringValue())
                : canonical(value);
    }

    /** {@return the string that all values share which the server takes for one, so that it keeps one of them only} */
    public String matched(String value) {
        if (syntax != Syntax.TEXT) {
            return canonical(value);
        }
        return switch (rule) {
            case CASE_IGNORED -> StringPreparation.caseIgnored(value);
            case CASE_EXACT -> StringPreparation.caseExact(value);
            case TELEPHONE -> StringPreparation.digits(value, true);
            case NUMERIC -> StringPreparation.digits(value, false);
            case OCTETS -> value;
        };
    }

    /** {@return the string that a value shares with those that a filter for it finds; flags and numbers count as they are} */
    public String asserted(ASN1OctetString value) {
        return switch (syntax) {
            case USER_ACCOUNT_CONTROL, ACCOUNT_EXPIRES -> integer(value.stringValue());
            case TEXT, DN, INTEGER, BOOLEAN, TIME, BYTES -> matched(value);
        };
    }

    /** {@return the values without those that the server takes for one that stands before them} */
    public List<ASN1OctetString> distinct(List<ASN1OctetString> values) {
        if (values.size() < 2) {
            return values;
        }
        Map<String, ASN1OctetString> distinct = new LinkedHashMap<>();
        values.forEach(value -> distinct.putIfAbsent(matched(value), value));
        return List.copyOf(distinct.values());
    }

    /** {@return whether both hold the same values, in any order} */
    public boolean same(Collection<ASN1OctetString> some, Collection<ASN1OctetString> others) {
        return canonical(some).equals(canonical(others));
    }

    /** {@return the canonical texts of all values} */
    public Set<String> canonical(Collection<ASN1OctetString> values) {
        Set<String> texts = new HashSet<>();
        for (ASN1OctetString value : values) {
            texts.add(canonical(value));
        }
        return texts;
    }

    /** By code point: a name whose case was corrected is a change. Spaces around a value mean nothing to any server. */
    private static String text(String value) {
        return Normalizer.normalize(value, Normalizer.Form.NFC).strip();
    }

    @SuppressWarnings("JavaUtilDate") // the SDK gives nothing else
    private static String instant(String value) throws ParseException {
        return StaticUtils.decodeGeneralizedTime(value).toInstant().toString();
    }

    private static String integer(String value) {
        try {
            return new BigInteger(value.strip()).toString();
        } catch (NumberFormatException notANumber) {
            return text(value);
        }
    }
}
