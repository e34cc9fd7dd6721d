package dev.rollcall.rest.internal.joins;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.rest.internal.endpoint.EndpointDefinition;
import dev.rollcall.rest.internal.endpoint.EndpointFetcher;
import dev.rollcall.rest.internal.endpoint.JoinRule;
import dev.rollcall.rest.internal.settings.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoints after the first add: more persons, and columns. Immutable and thread-safe.
 *
 * @param rules in the order in which they are carried out, so that a later one can use what an earlier one added
 */
public record Joins(List<JoinRule> rules) {
    public Joins {
        rules = List.copyOf(rules);
    }

    /**
     * Reads the rules of the endpoints after the first.
     *
     * @param endpoints that could be read, with the blocks that they were read from
     */
    public static Joins read(List<Block> endpoints, Optional<ColumnPath> primaryKey) {
        List<JoinRule> rules = new ArrayList<>();
        Set<String> persons = new LinkedHashSet<>();
        Set<String> columns = new LinkedHashSet<>();
        primaryKey.map(ColumnPath::column).ifPresent(columns::add);
        for (Block block : endpoints) {
            EndpointDefinition endpoint = block.endpoint();
            if (block.isFirst()) {
                JoinRule.checkFirst(block.node());
                persons.add(endpoint.name());
                continue;
            }
            Optional<JoinRule> rule = JoinRule.read(block.node(), endpoint, primaryKey, persons, columns);
            rule.ifPresent(rules::add);
            if (rule.isPresent() && rule.get().kind() == JoinRule.Kind.UNION) {
                persons.add(endpoint.name());
            }
        }
        return new Joins(rules);
    }

    /**
     * An endpoint and where it was read.
     *
     * @param isFirst whether it drives
     * @param node the block
     * @param endpoint what was read from it
     */
    public record Block(boolean isFirst, Node node, EndpointDefinition endpoint) {}

    /** {@return the lists of persons alone, if nothing of what the other endpoints add is among these columns} */
    public Joins without(Set<String> columns) {
        boolean wanted = columns.isEmpty()
                || rules.stream()
                        .anyMatch(rule -> rule.kind() != JoinRule.Kind.UNION && columns.contains(rule.column()));
        return wanted
                ? this
                : new Joins(rules.stream()
                        .filter(rule -> rule.kind() == JoinRule.Kind.UNION)
                        .toList());
    }

    /** {@return the endpoints that list persons} */
    public List<EndpointDefinition> persons(EndpointDefinition first) {
        List<EndpointDefinition> persons = new ArrayList<>(List.of(first));
        rules.stream()
                .filter(rule -> rule.kind() == JoinRule.Kind.UNION)
                .map(JoinRule::endpoint)
                .forEach(persons::add);
        return persons;
    }

    /**
     * {@return the pages of every list of persons, with all columns}
     *
     * @param pages begins to read one of the lists
     */
    public PageIterator<UserRecord> pages(
            EndpointDefinition first,
            Function<EndpointDefinition, PageIterator<UserRecord>> pages,
            EndpointFetcher reader,
            ConnectorContext context,
            @Nullable ColumnPath primaryKey,
            Evaluation evaluation) {
        List<JoinedPages.Persons> persons = new ArrayList<>();
        for (EndpointDefinition list : persons(first)) {
            persons.add(new JoinedPages.Persons(list.name(), () -> pages.apply(list)));
        }
        List<Supplier<Join>> joins = new ArrayList<>();
        for (JoinRule rule : rules) {
            if (rule.kind() == JoinRule.Kind.LIST) {
                joins.add(() -> ListJoin.read(
                        rule,
                        () -> reader.pages(rule.endpoint(), rule.many() ? null : rule.key(), evaluation),
                        primaryKey,
                        evaluation,
                        SideList.MEMORY_BYTES));
            } else if (rule.kind() == JoinRule.Kind.CALLS) {
                joins.add(() -> new CallJoin(rule, reader::all, context, evaluation));
            }
        }
        return new JoinedPages(persons, joins);
    }
}
