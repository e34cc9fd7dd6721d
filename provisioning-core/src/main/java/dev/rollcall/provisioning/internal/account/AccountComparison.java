package dev.rollcall.provisioning.internal.account;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.provisioning.internal.directory.Octets;
import dev.rollcall.provisioning.internal.state.Normalizations;
import dev.rollcall.provisioning.plan.AttributeChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what a mapping wants with what an account has. Immutable and thread-safe, as far as the writer is. */
final class AccountComparison {
    /**
     * What is to change.
     *
     * @param ordinary what the application changes in the account that is there
     * @param fixed what it never changes there
     */
    record Difference(List<AttributeChange> ordinary, List<AttributeChange> fixed) {}

    private final AccountWriter writer;
    private final String keyAttribute;
    private final Normalizations normalizations;
    private final Set<String> fixed = new HashSet<>();

    AccountComparison(AccountRun run, Normalizations normalizations) {
        this.normalizations = normalizations;
        this.writer = run.target().writer();
        this.keyAttribute = run.mapping().key().attribute();
        writer.fixedAttributes().forEach(name -> fixed.add(canonical(name)));
    }

    /** Names in one spelling, as far as blanks, quotes and case go. */
    private static String canonical(String attribute) {
        return attribute.replace('"', '\'').replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** An account in the form in which mappings see what is there. */
    static ReadOnlyEntry entry(Account account) {
        List<Attribute> attributes = new ArrayList<>();
        account.attributes().forEach((name, values) -> attributes.add(new Attribute(name, values)));
        return new ReadOnlyEntry("", attributes);
    }

    /** What is written into a new account. */
    List<AttributeChange> created(DesiredEntry wanted) {
        return difference(null, wanted, true).ordinary();
    }

    /**
     * What is different.
     *
     * @param linking whether the account gets its key now; else the key is the same, however it is spelled
     */
    Difference difference(@Nullable Account present, DesiredEntry wanted, boolean linking) {
        List<AttributeChange> ordinary = new ArrayList<>();
        List<AttributeChange> never = new ArrayList<>();
        for (Map.Entry<String, AttributeIntent> intent : wanted.attributes().entrySet()) {
            String name = intent.getKey();
            if (name.equalsIgnoreCase(keyAttribute) && !linking) {
                continue;
            }
            List<ASN1OctetString> before = present == null ? List.of() : Octets.of(present.values(name));
            List<ASN1OctetString> after = distinct(name, after(intent.getValue(), before), before);
            if (!same(name, before, after)) {
                boolean refused = !before.isEmpty() && fixed.contains(canonical(name));
                String because = wanted.because().getOrDefault(name, "");
                (refused ? never : ordinary)
                        .add(AttributeChange.of(name, before, after, because)
                                .sensitive(wanted.sensitiveAttributes().contains(name)));
            }
        }
        return present == null
                ? new Difference(ordinary, never)
                : new Difference(
                        normalizations.unknown(present.id(), ordinary), normalizations.unknown(present.id(), never));
    }

    private static List<ASN1OctetString> after(AttributeIntent intent, List<ASN1OctetString> before) {
        if (intent instanceof AttributeIntent.Set set) {
            return set.over(before);
        }
        // A reference is refused when the mapping is read.
        return intent instanceof AttributeIntent.Clear clear ? clear.over(before) : before;
    }

    /** Without values that the application takes for one; of those, one that is there already stays as it is spelled. */
    private List<ASN1OctetString> distinct(String name, List<ASN1OctetString> values, List<ASN1OctetString> present) {
        if (values.size() < 2) {
            return values;
        }
        Map<String, ASN1OctetString> distinct = new LinkedHashMap<>();
        for (ASN1OctetString value : values) {
            distinct.merge(
                    writer.comparable(name, value.stringValue()),
                    value,
                    (one, other) -> present.contains(other) && !present.contains(one) ? other : one);
        }
        return List.copyOf(distinct.values());
    }

    private boolean same(String name, List<ASN1OctetString> some, List<ASN1OctetString> others) {
        return comparable(name, Octets.texts(some)).equals(comparable(name, Octets.texts(others)));
    }

    /** Whether the application keeps what it was given. */
    boolean kept(AttributeChange change, Account now) {
        return comparable(change.name(), now.values(change.name()))
                .equals(comparable(change.name(), Octets.texts(change.after())));
    }

    /**
     * Whether the application keeps a value that was taken away: with none in its place, or in a list. Another value in the
     * place of the one that was wanted is how the application stores it.
     */
    boolean keepsRemoved(AttributeChange change, Account now) {
        Set<String> present = comparable(change.name(), now.values(change.name()));
        Set<String> removed = comparable(change.name(), Octets.texts(change.removed()));
        removed.removeAll(comparable(change.name(), Octets.texts(change.after())));
        return (change.after().isEmpty() || present.size() > 1)
                && removed.stream().anyMatch(present::contains);
    }

    private Set<String> comparable(String name, List<String> values) {
        Set<String> set = new HashSet<>();
        values.forEach(value -> set.add(writer.comparable(name, value)));
        return set;
    }
}
