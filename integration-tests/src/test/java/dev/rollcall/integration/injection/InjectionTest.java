package dev.rollcall.integration.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No value of a record changes the structure around the place where it lands (invariant: a macro is encoded). */
class InjectionTest {
    private static final int LDIF = 100;

    private final HttpPlaces http = new HttpPlaces();
    private final LdapPlaces ldap = new LdapPlaces();

    private void check(String value) {
        try {
            http.check(value);
            ldap.check(value);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("for " + HostileTexts.shown(value) + ": " + e.getMessage(), e);
        }
    }

    private void checkLdif(List<String> values) throws Exception {
        try {
            ldap.checkLdif(values);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "for " + values.stream().map(HostileTexts::shown).toList() + ": " + e.getMessage(), e);
        }
    }

    private void fuzz(long seed, int most, Duration time) throws Exception {
        HostileTexts texts = new HostileTexts(seed);
        long end = System.nanoTime() + time.toNanos();
        List<String> batch = new ArrayList<>();
        int count = 0;
        while (count < most && System.nanoTime() < end) {
            String value = texts.next();
            check(value);
            batch.add(value);
            count++;
            if (batch.size() == LDIF && count % (LDIF * 10) == 0) {
                checkLdif(batch);
            }
            if (batch.size() == LDIF) {
                batch.clear();
            }
        }
        System.out.println("values tried: " + count + ", seed " + seed);
        assertThat(count).isPositive();
    }

    @Test
    void a_small_dose_of_hostile_values() throws Exception {
        fuzz(20261123, 3000, Duration.ofMinutes(1));
    }

    /** What the full dose once found, and what it must never find. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*)(uid=*",
                "a,dc=evil+cn=admin",
                " #a ",
                "\"},\"admin\":true,{\"",
                "\r\nX-Evil: 1",
                "]]><!DOCTYPE a>",
                "../../%2e%2e%2f?#",
                "a\ud83d\u007f\ude00",
                "\u202e\ufeff\u2028"
            })
    void a_value_that_was_found(String value) throws Exception {
        check(value);
        checkLdif(List.of(value));
    }

    /** It was once written as a question mark, having been changed on the way through a file. */
    @Test
    void half_a_character_is_refused_and_not_changed() throws Exception {
        checkLdif(List.of("whole", "half \ud83d", "whole too"));
    }

    /** How long, by {@code -Drollcall.fuzz=PT10M}. */
    @Test
    @Tag("long")
    void a_full_dose_of_hostile_values() throws Exception {
        fuzz(System.nanoTime(), Integer.MAX_VALUE, Duration.parse(System.getProperty("rollcall.fuzz", "PT10M")));
    }
}
