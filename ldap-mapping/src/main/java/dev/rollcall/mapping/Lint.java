package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.internal.lint.DirectorySchema;
import dev.rollcall.mapping.internal.lint.LintFindings;
import dev.rollcall.mapping.internal.lint.LintLengths;
import dev.rollcall.mapping.internal.lint.LintRules;
import dev.rollcall.mapping.internal.lint.LintSample;
import dev.rollcall.mapping.internal.lint.LintSamples;
import dev.rollcall.mapping.internal.lint.LintSchema;
import dev.rollcall.mapping.internal.lint.LintShapes;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is allowed in a mapping and yet most likely wrong, before any run. The more it is given, the more it
 * finds: sample records, and the directory's schema. Immutable and thread-safe.
 *
 * <pre>{@code
 * List<Problem> findings = Lint.of(mapping).samples(records).directory(connection).findings();
 * }</pre>
 */
public final class Lint {
    private final Mapping mapping;
    private final List<UserRecord> samples;
    private final @Nullable Schema schema;
    private final Map<String, Integer> lengths;
    private final MappingInput input;

    private Lint(
            Mapping mapping,
            List<UserRecord> samples,
            @Nullable Schema schema,
            Map<String, Integer> lengths,
            MappingInput input) {
        this.mapping = mapping;
        this.samples = samples;
        this.schema = schema;
        this.lengths = lengths;
        this.input = input;
    }

    /** {@return a lint of this mapping, without samples and schema} */
    public static Lint of(Mapping mapping) {
        return new Lint(mapping, List.of(), null, Map.of(), MappingInput.none());
    }

    /** {@return this lint, with records as the application gives them} */
    public Lint samples(Collection<UserRecord> records) {
        return new Lint(mapping, List.copyOf(records), schema, lengths, input);
    }

    /** {@return this lint, with the schema of the directory} */
    public Lint schema(Schema directorySchema) {
        return new Lint(mapping, samples, directorySchema, lengths, input);
    }

    /** {@return this lint, with the most characters that attributes take: what Active Directory calls rangeUpper} */
    public Lint lengths(Map<String, Integer> rangeUpper) {
        Map<String, Integer> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(rangeUpper);
        return new Lint(mapping, samples, schema, copy, input);
    }

    /**
     * {@return this lint, with the schema of a directory as it tells it, and from Active Directory the most characters
     * that the mapping's attributes take}
     *
     * @throws LDAPException if the schema cannot be read
     */
    public Lint directory(LDAPInterface connection) throws LDAPException {
        DirectorySchema read = DirectorySchema.read(connection, mapping.ownedAttributes());
        return schema(read.schema()).lengths(read.lengths());
    }

    /** {@return this lint, with the clock, the zone and the run that samples are mapped with} */
    public Lint input(MappingInput mappingInput) {
        return new Lint(mapping, samples, schema, lengths, mappingInput);
    }

    /**
     * {@return what was found, each with one of the codes of {@link dev.rollcall.mapping.rule.LintCode LintCode}, in the order of the mapping; empty if
     * nothing was}
     */
    public List<Problem> findings() {
        LintFindings findings = new LintFindings();
        CompiledMapping compiled = mapping.compiled();
        new LintRules(compiled, schema != null, findings).run();
        List<LintSample> mapped = new ArrayList<>();
        for (UserRecord record : samples) {
            mapped.add(LintSample.of(compiled, record, input));
        }
        if (!mapped.isEmpty()) {
            new LintSamples(compiled, mapped, input, findings).run();
            new LintShapes(compiled, schema == null ? StandardSchema.get() : schema, mapped, findings).run();
        }
        if (schema != null) {
            new LintSchema(compiled, schema, mapped, findings).run();
        }
        new LintLengths(compiled, lengths, mapped, findings).run();
        return findings.all();
    }
}
