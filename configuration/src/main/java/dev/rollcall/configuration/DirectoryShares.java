package dev.rollcall.configuration;

import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.mapping.FilterConflict;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.directory.DirectoryType;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The data sources of a file that write into its one directory: what tells their people apart, and what no mapping may
 * write so that this stays so. Not thread-safe: for one thread at a time.
 */
final class DirectoryShares {
    private static final Set<String> KEYS_OF_EVERY_ACCOUNT =
            Set.of("uid", "samaccountname", "userprincipalname", "mail");

    /** One data source, with the place of its block in the file. */
    record Share(String name, Block block, Mapping mapping, Policy policy, DirectorySettings directory, boolean delta) {
        /** Whether it may end an account because a person is missing from it, or is no longer active. */
        boolean ends() {
            Leavers leavers = policy.leavers();
            boolean ignores = leavers.sourceMissing() == Leavers.Action.IGNORE
                    && leavers.inactive() == Leavers.Action.IGNORE
                    && leavers.outOfScope() == Leavers.Action.IGNORE;
            return !delta
                    && !ignores
                    && (policy.categories().allows(ChangeKind.DISABLE)
                            || policy.categories().allows(ChangeKind.DELETE));
        }

        String path() {
            return block.path().isEmpty() ? block.path("source") : block.path();
        }
    }

    private final Findings findings;
    private final List<Share> shares = new ArrayList<>();

    DirectoryShares(Findings findings) {
        this.findings = findings;
    }

    void add(Share share) {
        shares.add(share);
    }

    /** Adds what is wrong to the findings. */
    void check() {
        for (int i = 0; i < shares.size(); i++) {
            for (int j = i + 1; j < shares.size(); j++) {
                checkPair(shares.get(i), shares.get(j));
            }
        }
        for (Share share : shares) {
            checkMarks(share);
            checkFilter(share);
            noteEnabling(share);
            noteKey(share);
        }
    }

    /** The bases of other data sources that have the same mark, which are not under this one. */
    List<String> otherBases(DirectorySettings own) {
        return shares.stream()
                .map(Share::directory)
                .filter(other -> own.mark().isPresent() && other.mark().equals(own.mark()))
                .map(DirectorySettings::base)
                .filter(base -> !overlap(base, own.base()))
                .distinct()
                .toList();
    }

    private void checkPair(Share one, Share other) {
        Optional<DirectorySettings.MarkSettings> mark = one.directory().mark();
        boolean toldApart = mark.isPresent()
                && other.directory().mark().isPresent()
                && !mark.equals(other.directory().mark());
        if (one.ends()
                && other.ends()
                && !toldApart
                && overlap(one.directory().base(), other.directory().base())) {
            findings.add(
                    "shared-base",
                    other.path(),
                    "'" + one.name() + "' and '" + other.name() + "' both end accounts under "
                            + lower(one.directory().base(), other.directory().base())
                            + ", and each would end those of the other, who are missing from it",
                    "give each data source a mark of its own, or bases that do not overlap, or set leavers to ignore in"
                            + " one of them");
        }
    }

    private void checkMarks(Share share) {
        for (Share other : shares) {
            other.directory()
                    .mark()
                    .map(DirectorySettings.MarkSettings::attribute)
                    .ifPresent(attribute -> {
                        String whose =
                                other.name().equals(share.name()) ? "" : " of data source '" + other.name() + "'";
                        written(share.mapping(), attribute)
                                .ifPresent(written -> findings.add(
                                        "mark-attribute",
                                        place(share, written),
                                        "holds the mark" + whose + ": a record could claim or release an entry with it",
                                        "map another attribute, or put the mark into another one"));
                    });
        }
    }

    private void checkFilter(Share share) {
        share.directory()
                .filter()
                .flatMap(filter -> FilterConflict.find(filter, share.mapping()))
                .ifPresent(attribute -> findings.add(
                        "filter-attribute",
                        place(share, written(share.mapping(), attribute).orElse(attribute)),
                        "directory.filter looks at it, and a record could take its entry out of the filter",
                        "filter by an attribute that is not mapped, or map a constant"));
    }

    private void noteEnabling(Share share) {
        Leavers leavers = share.policy().leavers();
        boolean disables = share.policy().categories().allows(ChangeKind.DISABLE)
                && (leavers.sourceMissing() != Leavers.Action.IGNORE
                        || leavers.inactive() != Leavers.Action.IGNORE
                        || leavers.outOfScope() != Leavers.Action.IGNORE);
        if (disables
                && share.policy().enabling() == Enabling.OURS
                && share.policy().categories().allows(ChangeKind.ENABLE)
                && share.directory().type() != DirectoryType.OPENLDAP
                && share.directory().mark().isEmpty()) {
            findings.note(
                    "no-mark",
                    "directory",
                    "without a mark no run can tell which accounts a run has disabled, so that people who return stay"
                            + " disabled",
                    "set directory.mark, or policy.enable: always or never");
        }
    }

    private void noteKey(Share share) {
        String key = share.mapping().key().attribute();
        Leavers leavers = share.policy().leavers();
        if (KEYS_OF_EVERY_ACCOUNT.contains(StandardNames.first(key))
                && leavers.sourceMissing() != Leavers.Action.IGNORE
                && !leavers.endsNeverSeen()
                && !share.delta()
                && share.directory().mark().isEmpty()) {
            findings.note(
                    "key-of-every-account",
                    share.block().path("mapping.key"),
                    "every account has " + key
                            + ", so that service accounts look like people who left; accounts that no"
                            + " run has made are reported and not ended",
                    "set directory.mark, or policy.neverSeen: leaver if nobody else has an account there");
        }
    }

    private static Optional<String> written(Mapping mapping, String attribute) {
        return mapping.ownedAttributes().stream()
                .filter(owned -> StandardNames.same(owned, attribute))
                .findFirst();
    }

    private static String place(Share share, String attribute) {
        return share.mapping().key().attribute().equalsIgnoreCase(attribute)
                ? share.block().path("mapping.key.attribute")
                : share.block().path("mapping.attributes." + attribute);
    }

    private static String lower(String one, String other) {
        try {
            return StandardNames.isWithin(one, other) ? one : other;
        } catch (LDAPException told) {
            return one;
        }
    }

    private static boolean overlap(String one, String other) {
        try {
            return StandardNames.isWithin(one, other) || StandardNames.isWithin(other, one);
        } catch (LDAPException told) {
            return false; // the base has a problem of its own
        }
    }
}
