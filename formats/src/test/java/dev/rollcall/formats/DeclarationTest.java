package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a function says of itself, and what it may not say. */
class DeclarationTest {
    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).documentation("Does it.");
    }

    private static Parameter text(String name) {
        return Parameter.of(name, Parameter.Kind.TEXT);
    }

    @Test
    void a_function_tells_all_that_its_page_shows() {
        FunctionDeclaration declaration = named("badge2")
                .group("Ours")
                .alsoKnownAs("Badge")
                .parameter(text("text"))
                .parameter(text("fill").optional())
                .parameter(text("more").optional().repeated())
                .example("badge2('a')", "'a'")
                .contextual()
                .sensitive()
                .fallback()
                .build();
        assertThat(declaration.name()).isEqualTo("badge2");
        assertThat(declaration.group()).isEqualTo("Ours");
        assertThat(declaration.alsoKnownAs()).isEqualTo("Badge");
        assertThat(declaration.documentation()).isEqualTo("Does it.");
        assertThat(declaration.signature()).isEqualTo("badge2(text, fill?, more?...)");
        assertThat(declaration).hasToString("badge2(text, fill?, more?...)");
        assertThat(declaration.parameters()).hasSize(3);
        assertThat(declaration.examples()).containsExactly(new FunctionDeclaration.Example("badge2('a')", "'a'"));
        assertThat(declaration.isContextual()).isTrue();
        assertThat(declaration.isSensitive()).isTrue();
        assertThat(declaration.isFallback()).isTrue();
    }

    @Test
    void a_plain_one_is_none_of_that() {
        FormatFunction function = named("badge").parameter(text("text")).as(arguments -> Value.of("x"));
        FunctionDeclaration declaration = function.declaration();
        assertThat(function).hasToString("badge(text)");
        assertThat(declaration.group()).isEqualTo("Others");
        assertThat(declaration.alsoKnownAs()).isEmpty();
        assertThat(declaration.isContextual() || declaration.isSensitive() || declaration.isFallback())
                .isFalse();
    }

    @Test
    void it_takes_as_many_arguments_as_it_has_parameters_or_more_of_the_last() {
        FunctionDeclaration fixed =
                named("a").parameter(text("x")).parameter(text("y").optional()).build();
        assertThat(List.of(
                        Signature.takes(fixed, 0),
                        Signature.takes(fixed, 1),
                        Signature.takes(fixed, 2),
                        Signature.takes(fixed, 3)))
                .containsExactly(false, true, true, false);
        FunctionDeclaration open =
                named("b").parameter(text("x")).parameter(text("y").repeated()).build();
        assertThat(List.of(Signature.takes(open, 1), Signature.takes(open, 2), Signature.takes(open, 9)))
                .containsExactly(false, true, true);
        assertThat(Signature.parameter(open, 7).name()).isEqualTo("y");
        assertThat(Signature.parameter(open, 0).name()).isEqualTo("x");
        assertThat(Signature.takes(named("c").build(), 0)).isTrue();
        assertThat(Signature.takes(named("c").build(), 1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a-b", "a b", "ä", "a_b", "and", "not", "is", "a@", "a[", "a`", "a{", "a/", "a:"})
    void a_name_is_letters_and_digits_and_no_word_of_the_language(String name) {
        assertThatIllegalStateException().isThrownBy(() -> named(name).build()).withMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "A", "Z", "a0", "a9", "zZ"})
    void any_other_is_one(String name) {
        assertThatNoException().isThrownBy(() -> named(name).build());
    }

    @Test
    void it_needs_a_sentence() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> FunctionDeclaration.named("a").documentation(" ").build())
                .withMessageContaining("documentation");
    }

    @Test
    void nothing_required_stands_after_what_may_be_left_out_or_repeated() {
        assertThatIllegalStateException()
                .isThrownBy(() -> named("a")
                        .parameter(text("x").optional())
                        .parameter(text("y"))
                        .build());
        assertThatIllegalStateException()
                .isThrownBy(() -> named("a")
                        .parameter(text("x").repeated())
                        .parameter(text("y").optional())
                        .build());
    }

    @Nested
    class a_parameter {
        @Test
        void is_required_once_and_not_taken_for_nothing() {
            Parameter plain = text("x");
            assertThat(plain.isOptional() || plain.isRepeated() || plain.takesNothing() || plain.isLazy())
                    .isFalse();
            assertThat(plain.kind()).isEqualTo(Parameter.Kind.TEXT);
            assertThat(plain).hasToString("x");
        }

        @Test
        void becomes_what_is_said_of_it_and_nothing_else() {
            assertThat(text("x").optional()).hasToString("x?").matches(Parameter::isOptional);
            assertThat(text("x").repeated()).hasToString("x...").matches(Parameter::isRepeated);
            assertThat(text("x").acceptsNothing()).matches(Parameter::takesNothing);
            assertThat(text("x").acceptsNothing().isLazy()).isFalse();
            assertThat(text("x").lazy()).matches(Parameter::isLazy).matches(Parameter::takesNothing);
            assertThat(text("x").lazy().optional().repeated())
                    .matches(Parameter::isLazy)
                    .matches(Parameter::takesNothing)
                    .hasToString("x?...");
            assertThat(Parameter.of("x", Parameter.Kind.EACH).isLazy()).isTrue();
        }
    }

    @Test
    void a_name_is_its_namespace_and_its_path() {
        Name name = Name.of("record", ColumnPath.parse("a.b[0]"));
        assertThat(name).hasToString("record.a.b[0]").isEqualTo(Name.of("record", ColumnPath.parse("a.b[0]")));
        assertThat(name).hasSameHashCodeAs(Name.of("record", ColumnPath.parse("a.b[0]")));
        assertThat(name.hashCode()).isNotZero();
        assertThat(name)
                .isNotEqualTo(Name.of("entry", ColumnPath.parse("a.b[0]")))
                .isNotEqualTo(Name.of("record", ColumnPath.parse("a.b")))
                .isNotEqualTo("record.a.b[0]");
        assertThat(Name.of("", ColumnPath.parse("uid"))).hasToString("uid");
    }
}
