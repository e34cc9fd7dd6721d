package dev.rollcall.benchmarks.mapping;

import com.unboundid.ldap.sdk.Entry;
import java.util.List;
import java.util.Map;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlContext;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.MapContext;
import org.apache.commons.jexl3.introspection.JexlPermissions;
import org.jspecify.annotations.Nullable;

/** The mapping in JEXL: parsed once, with its caches on. Not thread-safe: for one thread at a time. */
final class Jexl implements Mapper {
    private final List<JexlExpression> expressions;

    Jexl() {
        // Absent and null columns are null, as in the others, and no error.
        JexlEngine engine = new JexlBuilder()
                .strict(true)
                .safe(true)
                .silent(false)
                .cache(512)
                .permissions(JexlPermissions.UNRESTRICTED)
                .namespaces(Map.of("text", HandWritten.class))
                .create();
        this.expressions =
                Expressions.JEXL.stream().map(engine::createExpression).toList();
    }

    @Override
    public Entry map(Map<String, @Nullable Object> person) {
        JexlContext context = new MapContext();
        context.set("record", person);
        @Nullable Object[] values = new @Nullable Object[expressions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions.get(i).evaluate(context);
        }
        return Mapper.entry(String.valueOf(values[Expressions.UID]), values);
    }
}
