package dev.rollcall.transliterate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Functions;
import dev.rollcall.formats.Scope;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransliterateFunctionTest {
    private static final Functions FUNCTIONS = Functions.standard().with(new TransliterateFunction());

    private static Value evaluate(String expression, Value name) {
        UserRecord record = UserRecord.of(Value.of(Map.of("name", name)));
        return Format.parse("${" + expression + "}", FUNCTIONS).evaluate(Evaluation.of(Scope.record(record)));
    }

    @Test
    void every_example_of_its_documentation_holds() {
        assertThat(new TransliterateFunction().declaration().examples())
                .isNotEmpty()
                .allSatisfy(example -> assertThat(evaluate(example.expression(), Value.ofNull()))
                        .hasToString(example.result()));
    }

    @ParameterizedTest
    @CsvSource({
        "Пётр Ильич Чайковский, ru, Pëtr Ilich Chaykovskiy",
        "ЩУКИН, ru, SHCHUKIN",
        "Подъячев, ru, Podyachev",
        "Їжакевич Згурський, uk, Yizhakevych Zhurskyy",
        "Златьо Първанов, bg, Zlato Pŭrvanov",
        "Ѓорѓи Ќосев, mk, Ǵorǵi Ḱosev",
        "Святлана Ціханоўская, be, Svyatlana Tsikhanowskaya",
        "Μπακογιάννη Ευάγγελος, el, Bakogiánni Evángelos",
        "Հակոբյան, hy, Hakobyan",
        "გიორგი ქავთარაძე, ka, Giorgi Kavtaradze",
        "Γιώργος Иванов, '', Giórgos Ivanov",
        "Иван O'Brien-Müller, ru, Ivan O'Brien-Müller",
        "אחמד أحمد 王小明, ru, אחמד أحمد 王小明",
    })
    void names_are_written_as_the_language_does(String name, String language, String expected) {
        assertThat(evaluate("record.name | transliterate('" + language + "')", Value.of(name)))
                .isEqualTo(Value.of(expected));
    }

    /** So that the column with the language of a person can be named for everybody. */
    @ParameterizedTest
    @CsvSource({"uk-UA, Hohol", "UK, Hohol", "de, Gogol", "'', Gogol"})
    void the_language_may_be_a_tag_or_another_one(String language, String expected) {
        assertThat(evaluate("'Гоголь' | transliterate(record.name)", Value.of(language)))
                .isEqualTo(Value.of(expected));
    }

    @Test
    void decomposed_letters_are_the_same() {
        assertThat(evaluate("transliterate(record.name)", Value.of("\u0418\u0306ога")))
                .isEqualTo(Value.of("Yoga"));
    }

    @Test
    void an_unknown_language_is_found_when_the_format_is_loaded() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> evaluate("transliterate(record.name, 'xx')", Value.of("")))
                .withMessageContaining("'xx'");
    }

    @Test
    void nothing_stays_nothing() {
        assertThat(evaluate("record.name | transliterate", Value.ofNull())).isEqualTo(Value.ofNull());
    }

    @Test
    void it_is_found_by_the_service_loader() {
        assertThat(Functions.discover(TransliterateFunction.class.getClassLoader())
                        .all())
                .anySatisfy(function -> assertThat(function).isInstanceOf(TransliterateFunction.class));
    }
}
