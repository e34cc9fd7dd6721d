package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.ValueEquality;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Modifications that the server refused because another entry still has a value that must be unique. They are tried again
 * when the others are made; where entries swap values, one of them gives its values up first, of as many attributes as
 * another one waits for. Not thread-safe: for one thread at a time.
 */
final class ValueExchange {
    /** Sends modifications and waits for the response. */
    @FunctionalInterface
    interface Attempt {
        LDAPResult send(DirectoryChange change, List<AttributeChange> attributes);
    }

    private static final class Waiting {
        final DirectoryChange change;
        final Runnable done;
        List<AttributeChange> attributes;
        LDAPResult refusal;

        /** The attributes whose values were given up, as they were before. */
        final List<AttributeChange> before = new ArrayList<>();

        Waiting(DirectoryChange change, List<AttributeChange> attributes, LDAPResult refusal, Runnable done) {
            this.change = change;
            this.attributes = attributes;
            this.refusal = refusal;
            this.done = done;
        }

        boolean hasGivenUp(AttributeChange attribute) {
            return before.stream().anyMatch(given -> given.name().equals(attribute.name()));
        }
    }

    /** A modification that is refused for good. */
    @FunctionalInterface
    interface Refused {
        void accept(DirectoryChange change, List<AttributeChange> attributes, LDAPResult result, Runnable done);
    }

    private final DirectoryAccess directory;
    private final Attempt attempt;
    private final Refused refused;
    private List<Waiting> waiting = new ArrayList<>();

    ValueExchange(DirectoryAccess directory, Attempt attempt, Refused refused) {
        this.directory = directory;
        this.attempt = attempt;
        this.refused = refused;
    }

    /** Whether another entry may have a value that this response is about. */
    static boolean mayBeTaken(ResultCode code) {
        return code.equals(ResultCode.CONSTRAINT_VIOLATION) || code.equals(ResultCode.ENTRY_ALREADY_EXISTS);
    }

    void add(DirectoryChange change, List<AttributeChange> attributes, LDAPResult refusal, Runnable done) {
        waiting.add(new Waiting(change, attributes, refusal, done));
    }

    /** Tries all of them until no one gets further; those that are left are refused. */
    void settle() {
        boolean further = !waiting.isEmpty();
        while (further) {
            further = false;
            for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
                Waiting one = each.next();
                one.refusal = attempt.send(one.change, one.attributes);
                if (one.refusal.getResultCode().equals(ResultCode.SUCCESS)) {
                    each.remove();
                    further = true;
                    one.done.run();
                }
            }
            further = !waiting.isEmpty() && (further || giveUp());
        }
        List<Waiting> left = waiting;
        waiting = new ArrayList<>();
        for (Waiting one : left) {
            restore(one);
            refused.accept(one.change, one.attributes, one.refusal, one.done);
        }
    }

    /** The directory was lost: they stay refused. */
    void abandon() {
        List<Waiting> left = waiting;
        waiting = new ArrayList<>();
        left.forEach(one -> refused.accept(one.change, one.attributes, one.refusal, one.done));
    }

    /** Opens a cycle: one entry gives up a value that another one waits for. */
    private boolean giveUp() {
        for (Waiting one : waiting) {
            for (AttributeChange attribute : one.attributes) {
                if (!one.hasGivenUp(attribute) && isWaitedFor(one, attribute) && giveUp(one, attribute)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isWaitedFor(Waiting one, AttributeChange attribute) {
        Set<String> given = folded(attribute, attribute.removed());
        return waiting.stream()
                .filter(other -> other != one)
                .flatMap(other -> other.attributes.stream())
                .filter(other -> other.name().equalsIgnoreCase(attribute.name()))
                .anyMatch(other -> folded(other, other.added()).stream().anyMatch(given::contains));
    }

    private boolean giveUp(Waiting one, AttributeChange attribute) {
        List<ASN1OctetString> kept = new ArrayList<>(attribute.before());
        kept.removeAll(attribute.removed());
        List<ASN1OctetString> instead = new ArrayList<>(kept);
        instead.add(new ASN1OctetString(
                "rollcall-" + HexFormat.of().toHexDigits((int) HashIndex.hash(ChangeEntries.of(one.change)))));
        // An attribute that the entry must have gets another value for the time being.
        for (List<ASN1OctetString> without : List.of(kept, instead)) {
            LDAPResult result = attempt.send(one.change, List.of(attribute.values(attribute.before(), without)));
            if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                one.before.add(attribute);
                List<AttributeChange> rest = new ArrayList<>(one.attributes);
                rest.replaceAll(other ->
                        other.name().equals(attribute.name()) ? attribute.values(without, attribute.after()) : other);
                one.attributes = rest;
                return true;
            }
        }
        return false;
    }

    /** Nobody keeps a value that was to be for a moment. */
    private void restore(Waiting one) {
        for (AttributeChange before : one.before) {
            for (AttributeChange attribute : one.attributes) {
                if (attribute.name().equals(before.name())) {
                    attempt.send(one.change, List.of(attribute.values(attribute.before(), before.before())));
                }
            }
        }
    }

    private Set<String> folded(AttributeChange attribute, List<ASN1OctetString> values) {
        ValueEquality equality = directory.values(attribute.name());
        return values.stream().map(equality::matched).collect(Collectors.toSet());
    }
}
