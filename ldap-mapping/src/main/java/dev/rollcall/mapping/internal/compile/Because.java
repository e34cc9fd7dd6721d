package dev.rollcall.mapping.internal.compile;

import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Format;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.definition.AttributeNames;
import dev.rollcall.mapping.internal.definition.MappingDefinition;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a value comes from, in the few words that a report has for it. Stateless, and thus thread-safe. */
public final class Because {
    private Because() {}

    /** {@return what a format is made of: {@code record.last_name} rather than its macro} */
    static String of(Format format) {
        return readable(format.toString());
    }

    /**
     * {@return what a format is made of, why it was taken, and what the mapped attributes are made of that it uses}
     *
     * @param otherwise whether it is taken where nothing else applies
     */
    static String of(
            Format format,
            @Nullable Condition when,
            boolean otherwise,
            Map<String, MappingDefinition.Named<AttributeDefinition>> rules,
            AttributeNames first) {
        StringBuilder words = new StringBuilder(of(format));
        if (when != null) {
            words.append(", since ").append(when);
        } else if (otherwise) {
            words.append(", since nothing else applies");
        }
        format.names().stream()
                .filter(name -> name.namespace().isEmpty())
                .map(name -> rules.get(first.id(name.path().column())))
                .forEach(rule -> {
                    if (rule != null) {
                        StringJoiner sources = new StringJoiner(" or ");
                        rule.rule().formats().forEach(source -> sources.add(readable(source.format())));
                        words.append("; ").append(rule.name()).append(" is ").append(sources);
                    }
                });
        return words.toString();
    }

    private static String readable(String source) {
        boolean single = source.startsWith("${") && source.indexOf('}') == source.length() - 1;
        return single ? source.substring(2, source.length() - 1).strip() : source;
    }
}
