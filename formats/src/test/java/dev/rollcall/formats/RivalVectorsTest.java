package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the functions of Microsoft Entra and its like give for their published examples, with indexes from 0. */
class RivalVectorsTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            left('John Doe', 3)                                              ~ Joh
            word('This,string!has&many separators', 2, ',!&#')               ~ has
            properCase("PINTO-DE'SILVA", " '-")                              ~ Pinto-De'Silva
            dateAdd('2012-03-16', 10, 'm')                                   ~ 2013-01-16
            dateDiff('2021-08-24', '2021-08-25', 'h')                        ~ 24
            coalesce(null, 'x')                                              ~ x
            base64('Hello world!', 'UTF-16LE')                               ~ SABlAGwAbABvACAAdwBvAHIAbABkACEA
            normalizeDiacritics('Zoë')                                       ~ Zoe
            normalizeDiacritics('Nguyễn')                                    ~ Nguyen
            normalizeDiacritics('Žižek')                                     ~ Zizek
            normalizeDiacritics('Łukasz')                                    ~ Lukasz
            toFileTime('2020-12-31T23:59:59Z')                               ~ 132539327990000000
            rdn('CN', 'Smith, John')                                         ~ CN=Smith\\, John
            rdn('CN', '#hash')                                               ~ CN=\\#hash
            append(rdn('CN', 'trail '), ',')                                 ~ `CN=trail\\ ,`
            join(', ', '', 'Doe', 'John')                                    ~ Doe, John
            indexOf('The quick brown fox', 'quick')                          ~ 4
            indexOf('repEated', 'e', 2)                                      ~ 6
            parseDate('2020-03-16-07:00', 'yyyy-MM-ddXXX')                   ~ 2020-03-16T07:00:00Z
            lower('IRMAK', 'tr')                                             ~ ırmak
            upper('ß')                                                       ~ SS
            substring('😀abc', 0, 1)                                         ~ 😀
            normalizeDiacritics('＠，／＊；＋')                                ~ @,/*;+
            """)
    void holds(String expression, String result) {
        assertThat(Format.parse("${" + expression + "}")
                        .evaluate(Evaluation.of(name -> Value.absent()))
                        .text())
                .hasValue(result);
    }
}
