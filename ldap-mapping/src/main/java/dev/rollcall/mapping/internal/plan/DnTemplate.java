package dev.rollcall.mapping.internal.plan;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Name;
import dev.rollcall.mapping.internal.definition.AttributeNames;
import dev.rollcall.mapping.internal.definition.Problems;
import dev.rollcall.mapping.internal.text.DnText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * A DN with macros in its values, taken apart into RDNs before any value is known. Immutable and thread-safe.
 *
 * <p>Values are put into RDN objects, never into the text of a DN, so that a value cannot add or end an RDN.
 */
public final class DnTemplate {
    /** One {@code attribute=value} of an RDN. */
    public record Part(String attribute, Format value) {}

    /** The parts of one RDN, one or several. */
    record Level(List<Part> parts) {}

    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9-]*|[0-9]+(\\.[0-9]+)+");

    private final List<Level> levels;
    /** How many levels at the front have a macro somewhere; those behind them are in {@link #suffix}. */
    private final int variable;

    private final DN suffix;

    private DnTemplate(List<Level> levels) throws LDAPException {
        this.levels = List.copyOf(levels);
        int last = levels.size();
        while (last > 1
                && levels.get(last - 1).parts().stream().allMatch(p -> p.value().isConstant())) {
            last--;
        }
        this.variable = last;
        DN parent = DN.NULL_DN;
        for (int i = levels.size() - 1; i >= last; i--) {
            parent = new DN(rdn(levels.get(i), (part, format) -> constant(format)), parent);
        }
        this.suffix = parent;
    }

    private static String constant(Format format) {
        return DnText.clean(
                format.evaluate(dev.rollcall.formats.Evaluation.of(name -> dev.rollcall.connector.Value.absent()))
                        .text()
                        .orElse(""));
    }

    /** Parses a template; what is wrong goes to {@code problems}, at {@code path}. */
    public static Optional<DnTemplate> parse(String path, String source, AttributeNames names, Problems problems) {
        int before = problems.count();
        // The whole first: its problems have positions in the text that the user wrote.
        if (problems.format(path, source).isEmpty()) {
            return Optional.empty();
        }
        List<Level> levels = new ArrayList<>();
        for (List<String> rdn : DnText.split(source)) {
            List<Part> parts = new ArrayList<>();
            for (String ava : rdn) {
                part(path, ava, names, problems).ifPresent(parts::add);
            }
            long different = parts.stream()
                    .map(part -> part.attribute().toLowerCase(Locale.ROOT))
                    .distinct()
                    .count();
            if (different < parts.size()) {
                String twice = "an RDN names each attribute once, found '" + String.join("+", rdn) + "'";
                problems.add("bad-dn", path, twice, "leave one of them out");
            }
            levels.add(new Level(parts));
        }
        if (problems.count() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DnTemplate(levels));
        } catch (LDAPException e) {
            problems.add("bad-dn", path, "'" + source + "' is no DN: " + e.getMessage(), "");
            return Optional.empty();
        }
    }

    private static Optional<Part> part(String path, String ava, AttributeNames names, Problems problems) {
        int equals = DnText.indexOfEquals(ava);
        if (equals < 0) {
            problems.add(
                    "bad-dn",
                    path,
                    "expected attribute=value, found '" + ava.strip() + "'",
                    "write every RDN out, such as ou=${record.department}: a macro stands in a value only");
            return Optional.empty();
        }
        String attribute = ava.substring(0, equals).strip();
        if (!ATTRIBUTE.matcher(attribute).matches()) {
            problems.add("bad-dn", path, "'" + attribute + "' is no attribute name", "");
            return Optional.empty();
        }
        String value = DnText.unescape(ava.substring(equals + 1));
        if (value.isBlank()) {
            problems.add("bad-dn", path, attribute + " has no value", "give it a text or a macro");
            return Optional.empty();
        }
        return problems.format(path, value).map(format -> new Part(names.first(attribute), format));
    }

    List<Level> levels() {
        return levels;
    }

    /** {@return the attributes of all RDNs} */
    public List<String> attributes() {
        return levels.stream()
                .flatMap(level -> level.parts().stream())
                .map(Part::attribute)
                .toList();
    }

    /** {@return the attributes of the first RDN, the name of the entry itself} */
    public List<String> leafAttributes() {
        return levels.get(0).parts().stream().map(Part::attribute).toList();
    }

    public Set<Name> names() {
        Set<Name> names = new LinkedHashSet<>();
        levels.forEach(
                level -> level.parts().forEach(part -> names.addAll(part.value().names())));
        return names;
    }

    public Set<Name> parentNames() {
        Set<Name> names = new LinkedHashSet<>();
        levels.stream()
                .skip(1)
                .forEach(level ->
                        level.parts().forEach(part -> names.addAll(part.value().names())));
        return names;
    }

    /** {@return the RDN of the entry itself} */
    public RDN leaf(BiFunction<Part, Format, String> value) {
        return rdn(levels.get(0), value);
    }

    /** {@return the DN of the entry's parent} */
    public DN parent(BiFunction<Part, Format, String> value) {
        DN parent = suffix;
        for (int i = variable - 1; i >= 1; i--) {
            parent = new DN(rdn(levels.get(i), value), parent);
        }
        return parent;
    }

    private static RDN rdn(Level level, BiFunction<Part, Format, String> value) {
        if (level.parts().size() == 1) {
            Part only = level.parts().get(0);
            return new RDN(only.attribute(), value.apply(only, only.value()));
        }
        String[] names = new String[level.parts().size()];
        String[] values = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            Part part = level.parts().get(i);
            names[i] = part.attribute();
            values[i] = value.apply(part, part.value());
        }
        return new RDN(names, values);
    }
}
