package dev.rollcall.benchmarks.mapping;

import com.unboundid.ldap.sdk.Entry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/** The mapping in SpEL: parsed once, interpreted or compiled. Not thread-safe: for one thread at a time. */
final class Spel implements Mapper {
    private final List<Expression> expressions;
    private final EvaluationContext context = new StandardEvaluationContext();

    Spel(SpelCompilerMode mode) {
        SpelExpressionParser parser =
                new SpelExpressionParser(new SpelParserConfiguration(mode, Spel.class.getClassLoader()));
        this.expressions =
                Expressions.SPEL.stream().map(parser::parseExpression).toList();
    }

    @Override
    public Entry map(Map<String, @Nullable Object> person) {
        @Nullable Object[] values = new @Nullable Object[expressions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions.get(i).getValue(context, person);
        }
        return Mapper.entry(String.valueOf(values[Expressions.UID]), values);
    }
}
