package dev.rollcall.mappingtestkit;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.GroupIntent;
import dev.rollcall.mapping.entry.MappingException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what came of one record. Not thread-safe: for one thread at a time. */
public final class OutcomeAssert extends AbstractAssert<OutcomeAssert, Object> {
    private final Outcome outcome;

    OutcomeAssert(Outcome outcome) {
        super(outcome, OutcomeAssert.class);
        this.outcome = outcome;
    }

    /** Verifies the values that an attribute has afterwards, in any order, whether they were written or there before. */
    public OutcomeAssert hasAttribute(String attribute, String... values) {
        mapped();
        if (!isKnown(attribute)) {
            fail(
                    "the mapping does not map " + attribute,
                    "it maps " + outcome.mapping().ownedAttributes());
        }
        List<String> found = outcome.values(attribute);
        if (!new HashSet<>(found).equals(new HashSet<>(List.of(values))) || found.size() != values.length) {
            fail(
                    "expected " + line(attribute, List.of(values)) + "\n but was " + line(attribute, found),
                    outcome.because(attribute));
        }
        return this;
    }

    /** Verifies that an attribute has no value afterwards. */
    public OutcomeAssert hasNoAttribute(String attribute) {
        mapped();
        List<String> found = outcome.values(attribute);
        if (!found.isEmpty()) {
            fail("expected no " + attribute + "\n but was " + line(attribute, found), outcome.because(attribute));
        }
        return this;
    }

    /** Verifies that an attribute stays as it is, whatever it is. */
    public OutcomeAssert keeps(String attribute) {
        AttributeIntent intent = intent(attribute);
        if (!(intent instanceof AttributeIntent.Keep)) {
            fail("expected " + attribute + " to be kept\n but was to " + intent, outcome.because(attribute));
        }
        return this;
    }

    /** Verifies that the values of an attribute are removed, of one that merges those that are ours. */
    public OutcomeAssert clears(String attribute) {
        AttributeIntent intent = intent(attribute);
        if (!(intent instanceof AttributeIntent.Clear)) {
            fail("expected " + attribute + " to be cleared\n but was to " + intent, outcome.because(attribute));
        }
        return this;
    }

    /** Verifies that an attribute holds the DN of the entry with each of these keys, and no other DN. */
    public OutcomeAssert refersTo(String attribute, String... keys) {
        AttributeIntent intent = intent(attribute);
        AttributeIntent expected = new AttributeIntent.Reference(List.of(keys));
        if (!intent.equals(expected)) {
            fail("expected " + attribute + " to be " + expected + "\n but was " + intent, outcome.because(attribute));
        }
        return this;
    }

    /** Verifies the DN, compared as a directory does. */
    public OutcomeAssert hasDn(String dn) {
        DesiredEntry entry = mapped();
        try {
            DN expected = new DN(dn);
            if (entry.dn().isEmpty() || !entry.dn().get().equals(expected)) {
                String found = entry.dn().map(DN::toString).orElse("the present one, which stays");
                fail("expected dn: " + dn + "\n but was dn: " + found, outcome.because("dn"));
            }
        } catch (LDAPException e) {
            throw new IllegalArgumentException("'" + dn + "' is no DN", e);
        }
        return this;
    }

    /** Verifies that the entry stays where it is. */
    public OutcomeAssert keepsDn() {
        mapped().dn().ifPresent(dn -> fail("expected the DN to stay\n but was dn: " + dn, outcome.because("dn")));
        return this;
    }

    /** Verifies that the user belongs in a group. */
    public OutcomeAssert isIn(String group) {
        return membership(group, GroupIntent.Membership.MEMBER);
    }

    /** Verifies that the user is taken out of a group. */
    public OutcomeAssert isNotIn(String group) {
        return membership(group, GroupIntent.Membership.NOT_MEMBER);
    }

    private OutcomeAssert membership(String group, GroupIntent.Membership expected) {
        DesiredEntry entry = mapped();
        try {
            DN dn = new DN(group);
            GroupIntent.Membership found = entry.groups().stream()
                    .filter(intent -> intent.group().equals(dn))
                    .map(GroupIntent::membership)
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                fail("the mapping has no group " + group, "it has " + entry.groups());
            } else if (found != expected) {
                fail("expected " + words(expected) + " " + group + "\n but was " + words(found), "");
            }
        } catch (LDAPException e) {
            throw new IllegalArgumentException("'" + group + "' is no DN", e);
        }
        return this;
    }

    private static String words(GroupIntent.Membership membership) {
        return membership.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Verifies that the record is rejected, for a reason with this code, such as {@code no-value}. */
    public OutcomeAssert rejects(String code) {
        return rejects(code, "");
    }

    /** Verifies that the record is rejected for a reason with this code, and because of this attribute. */
    public OutcomeAssert rejects(String code, String attribute) {
        MappingException failure = outcome.failure().orElse(null);
        if (failure == null) {
            fail("expected the record to be rejected with " + code + "\n but it was mapped", outcome.print());
        } else if (!failure.problem().code().equals(code)
                || (!attribute.isEmpty() && !failure.attribute().equalsIgnoreCase(attribute))) {
            String where = attribute.isEmpty() ? "" : " because of " + attribute;
            fail(
                    "expected the record to be rejected with " + code + where + "\n but was "
                            + failure.problem().code()
                            + (failure.attribute().isEmpty() ? "" : " because of " + failure.attribute()),
                    Outcome.told(failure.problem()));
        }
        return this;
    }

    /** Verifies that the explanation of an attribute tells all of these, word for word. */
    public OutcomeAssert explains(String attribute, String... parts) {
        String explanation = outcome.because(attribute);
        for (String part : parts) {
            if (!explanation.contains(part)) {
                fail("expected the explanation of " + attribute + " to tell: " + part, explanation);
            }
        }
        return this;
    }

    /**
     * Verifies that the whole outcome is what a file holds. With {@code -Drollcall.golden=update} the file is written
     * instead.
     */
    public OutcomeAssert matchesGolden(Path file) {
        GoldenFile.verify(file, outcome.print()).ifPresent(difference -> fail(difference, ""));
        return this;
    }

    private DesiredEntry mapped() {
        outcome.failure()
                .ifPresent(failure -> fail(
                        "expected the record to be mapped\n but it was rejected with "
                                + failure.problem().code(),
                        Outcome.told(failure.problem())));
        return outcome.entry().orElseThrow();
    }

    private AttributeIntent intent(String attribute) {
        AttributeIntent intent = mapped().attribute(attribute).orElse(null);
        if (intent == null) {
            fail(
                    "the mapping does not map " + attribute,
                    "it maps " + outcome.mapping().ownedAttributes());
            throw new AssertionError(attribute);
        }
        return intent;
    }

    private boolean isKnown(String attribute) {
        return !outcome.values(attribute).isEmpty()
                || outcome.mapping().ownedAttributes().stream().anyMatch(attribute::equalsIgnoreCase);
    }

    private static String line(String attribute, List<String> values) {
        return values.isEmpty() ? "no " + attribute : attribute + ": " + String.join(" | ", values);
    }

    private void fail(String what, String why) {
        String reason = why.isEmpty() ? "" : "\nbecause\n" + Outcome.indent(why);
        failWithMessage(
                "%s",
                "\n" + what + reason + "\nfor the record\n  " + outcome.record().fields());
    }
}
