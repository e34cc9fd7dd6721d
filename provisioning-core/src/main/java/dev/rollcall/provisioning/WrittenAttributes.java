package dev.rollcall.provisioning;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.mapping.FilterConflict;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a mapping writes although the directory keeps its own state there: an attribute that disables accounts, holds the
 * mark, or is looked at by the filter. Attributes may be given by any of their names. Immutable and thread-safe.
 */
final class WrittenAttributes {
    private final Mapping given;
    private final Mapping named;
    private final DirectoryAccess entries;

    /** The attributes of a mapping as it was given, and by the names of the server. */
    WrittenAttributes(Mapping given, Mapping named, DirectoryAccess entries) {
        this.given = given;
        this.named = named;
        this.entries = entries;
    }

    /**
     * Throws a ConfigurationException that names each rule that no mapping may have in this directory.
     *
     * @param locate gives a problem its place in the configuration
     */
    void refuse(UnaryOperator<Problem> locate) {
        List<Problem> problems = new ArrayList<>();
        String switching = entries.accounts().attribute();
        if (entries.kind() != DirectoryKind.ACTIVE_DIRECTORY) {
            written(switching)
                    .ifPresent(attribute -> problems.add(problem(
                            "disable-attribute",
                            attribute,
                            ", which disables accounts: who was disabled would be enabled",
                            "remove it: runs disable and enable accounts by themselves")));
        }
        entries.markAttribute()
                .flatMap(this::written)
                .ifPresent(attribute -> problems.add(problem(
                        "mark-attribute",
                        attribute,
                        ", which holds the mark: a record could claim or release an entry",
                        "map another attribute, or put the mark into another one")));
        FilterConflict.find(entries.namedFilter(), named)
                .ifPresent(attribute -> problems.add(problem(
                        "filter-attribute",
                        attribute,
                        ", which the filter of managed entries looks at: a record could take its entry out of it",
                        "filter by an attribute that is not mapped, or map a constant")));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems.stream().map(locate).toList());
        }
    }

    private Optional<String> written(String attribute) {
        String known = entries.knownName(attribute);
        return named.ownedAttributes().stream()
                .filter(each -> entries.knownName(each).equalsIgnoreCase(known))
                .findFirst();
    }

    private Problem problem(String code, String attribute, String because, String remedy) {
        String asGiven = given(attribute);
        String path = asGiven.equalsIgnoreCase(given.key().attribute())
                ? "mapping.key.attribute"
                : "mapping.attributes." + asGiven;
        return Problem.of(code, path, "the mapping writes " + attribute + because, remedy);
    }

    /** The name by which the mapping itself calls an attribute. */
    private String given(String attribute) {
        String known = entries.knownName(attribute);
        return given.ownedAttributes().stream()
                .filter(each -> entries.knownName(each).equalsIgnoreCase(known))
                .findFirst()
                .orElse(attribute);
    }
}
