package dev.rollcall.mapping;

import static dev.rollcall.mapping.MappingTest.people;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingInput;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is random in a mapping is the same in every run, and else differs. */
class RandomValuesTest {
    private static final Mapping MAPPING = people().attribute("description", "${randomNumber(12)}")
            .attribute("carLicense", "${randomNumber(12)}")
            .build();

    private static AttributeIntent value(String attribute, int key, long seed) {
        return value(attribute, Integer.toString(key), seed);
    }

    private static AttributeIntent value(String attribute, String key, long seed) {
        UserRecord record = MappingTest.ada().with("id", Value.of(key));
        return MAPPING.map(record, MappingInput.none().seed(seed))
                .attribute(attribute)
                .orElseThrow();
    }

    @Test
    void the_same_seed_key_and_attribute_give_the_same() {
        assertThat(value("description", 7, 1)).isEqualTo(value("description", 7, 1));
    }

    @Test
    void another_seed_key_or_attribute_gives_another() {
        Set<AttributeIntent> ofKeys = new HashSet<>();
        Set<AttributeIntent> ofSeeds = new HashSet<>();
        for (int i = 1; i <= 200; i++) {
            ofKeys.add(value("description", i, 1));
            ofKeys.add(value("carLicense", i, 1));
            ofSeeds.add(value("description", 7, i));
        }
        assertThat(ofKeys).hasSize(400);
        assertThat(ofSeeds).hasSize(200);
    }

    @Test
    void keys_with_the_same_hash_code_have_different_values() {
        assertThat("Aa").hasSameHashCodeAs("BB");
        assertThat(value("description", "Aa", 1)).isNotEqualTo(value("description", "BB", 1));
    }

    @Test
    void a_seed_and_a_key_do_not_make_up_for_each_other() {
        assertThat(31 + "1".hashCode()).isEqualTo("P".hashCode());
        assertThat(value("description", "1", 1)).isNotEqualTo(value("description", "P", 0));
    }
}
