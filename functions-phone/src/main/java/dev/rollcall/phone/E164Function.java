package dev.rollcall.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import java.util.Locale;

/** {@code e164}: a telephone number as the whole world dials it. Immutable and thread-safe. */
public final class E164Function implements FormatFunction {
    private static final FunctionDeclaration DECLARATION = FunctionDeclaration.named("e164")
            .group("Texts")
            .documentation(
                    "Writes a telephone number as the world dials it, from any way of writing it. A number that does not"
                            + " begin with + is one of the named country; a number that cannot exist is an error, so that a"
                            + " fallback or a policy decides. An extension is left out.")
            .alsoKnownAs("SailPoint e164phone")
            .parameter(Parameter.of("number", Parameter.Kind.TEXT))
            .parameter(Parameter.of("country", Parameter.Kind.TEXT).optional())
            .example("'(04) 472-1234' | e164('NZ')", "'+6444721234'")
            .example("'0049 30 123456' | e164('NZ')", "'+4930123456'")
            .example("'+49 (0)30 123 456' | e164", "'+4930123456'")
            .build();

    /** For the service loader, and for {@code Functions.with}. */
    public E164Function() {}

    @Override
    public FunctionDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public Value apply(Arguments arguments) {
        String country = arguments.text(1, "").strip().toUpperCase(Locale.ROOT);
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        if (!country.isEmpty() && !numbers.getSupportedRegions().contains(country)) {
            throw FormatException.of(
                    "unknown-country", "'" + country + "' is no country code of two letters", "write one such as NZ");
        }
        try {
            PhoneNumber number = numbers.parse(arguments.text(0), country.isEmpty() ? null : country);
            if (!numbers.isPossibleNumber(number)) {
                throw noNumber("it has too many or too few digits");
            }
            return Value.of(numbers.format(number, PhoneNumberUtil.PhoneNumberFormat.E164));
        } catch (NumberParseException e) {
            throw noNumber(
                    e.getErrorType() == NumberParseException.ErrorType.INVALID_COUNTRY_CODE
                            ? "its country is not known: name one, or begin it with +"
                            : "it is not written like one");
        }
    }

    /** Numbers of people are not told. */
    private static FormatException noNumber(String why) {
        return FormatException.of("bad-phone", "expected a telephone number: " + why, "mend it, or add a fallback");
    }
}
