package dev.rollcall.mapping;

import static dev.rollcall.mapping.AttributeRule.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.entry.Names;
import dev.rollcall.mapping.rule.Apply;
import dev.rollcall.mapping.rule.NameScope;
import dev.rollcall.mapping.rule.Sanitizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UniqueNamesTest {
    private static final AttributeRule LOGIN = unique(
            "${record.first | first(1) | lower}${record.last | lower}",
            "${record.first | lower}.${record.last | lower}");

    private static MappingBuilder with(AttributeRule uid) {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${uid},ou=people,dc=example,dc=test")
                .objectClasses("top", "account")
                .attribute("uid", uid);
    }

    private static UserRecord person(String first, String last) {
        return UserRecord.of(Map.of("id", 8, "first", first, "last", last));
    }

    private static Names taken(String... names) {
        Set<String> taken =
                Arrays.stream(names).map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return (attribute, value) -> taken.contains((attribute + "=" + value).toLowerCase(Locale.ROOT))
                ? Optional.of("uid=" + value + ",ou=people,dc=example,dc=test")
                : Optional.empty();
    }

    private static String uid(AttributeRule rule, UserRecord record, Names names) {
        AttributeIntent intent = with(rule)
                .build()
                .map(record, MappingInput.none().names(names))
                .attributes()
                .get("uid");
        return ((AttributeIntent.Set) java.util.Objects.requireNonNull(intent))
                .texts()
                .get(0);
    }

    @Nested
    class candidates {
        /** The ladder that Microsoft's own page on unique values climbs. */
        @Test
        void climb_a_ladder_of_ever_more_letters() {
            AttributeRule ladder = unique(
                    "${record.first}.${record.last}@example.test",
                    "${record.first | first(1)}.${record.last}@example.test",
                    "${record.first | first(2)}.${record.last}@example.test");
            UserRecord smith = person("John", "Smith");

            assertThat(uid(ladder, smith, taken())).isEqualTo("John.Smith@example.test");
            assertThat(uid(ladder, smith, taken("uid=john.smith@example.test"))).isEqualTo("J.Smith@example.test");
            assertThat(uid(ladder, smith, taken("uid=john.smith@example.test", "uid=j.smith@example.test")))
                    .isEqualTo("Jo.Smith@example.test");
        }

        @Test
        void are_tried_in_order_and_then_the_first_gets_a_number() {
            UserRecord ada = person("Ada", "Lovelace");
            assertThat(uid(LOGIN, ada, Names.free())).isEqualTo("alovelace");
            assertThat(uid(LOGIN, ada, taken("uid=alovelace"))).isEqualTo("ada.lovelace");
            assertThat(uid(LOGIN, ada, taken("uid=alovelace", "uid=ada.lovelace")))
                    .isEqualTo("alovelace2");
            assertThat(uid(LOGIN, ada, taken("uid=alovelace", "uid=ada.lovelace", "uid=alovelace2")))
                    .isEqualTo("alovelace3");
        }

        @Test
        void that_are_cut_end_in_no_hyphen_or_apostrophe_with_a_counter_or_without() {
            AttributeRule short10 = unique("${record.first}-${record.last}").maxLength(10);
            assertThat(uid(short10, person("anne-mari", "o'neil"), Names.free()))
                    .isEqualTo("anne-mari");
            assertThat(uid(short10, person("anne-mar", "o'neil"), taken("uid=anne-mar-o")))
                    .isEqualTo("anne-mar2");
            assertThat(uid(short10, person("mary", "o'connor"), taken("uid=mary-o'con")))
                    .isEqualTo("mary-o'co2");
            assertThat(uid(unique("${record.last}").maxLength(3), person("", "o'-"), taken("uid=o'-")))
                    .isEqualTo("o2");
        }

        @Test
        void have_their_counter_between_texts() {
            AttributeRule name = unique("${record.first} ${record.last}").counterText(" (", ")");
            UserRecord john = person("John", "Smith");
            assertThat(uid(name, john, Names.free())).isEqualTo("John Smith");
            assertThat(uid(name, john, taken("uid=John Smith"))).isEqualTo("John Smith (2)");
            assertThat(uid(name, john, taken("uid=John Smith", "uid=John Smith (2)")))
                    .isEqualTo("John Smith (3)");
            assertThat(uid(name.maxLength(9), john, taken("uid=John Smit"))).isEqualTo("John (2)");
            assertThat(uid(name.maxLength(11), john, taken("uid=John Smith"))).isEqualTo("John Sm (2)");
            assertThat(uid(name.counterWidth(2).counterText("-", ""), john, taken("uid=John Smith")))
                    .isEqualTo("John Smith-02");
            AttributeRule mail = unique("${record.last | lower}@example.test").counterText(".", "");
            assertThat(uid(mail, john, taken("uid=smith@example.test"))).isEqualTo("smith.2@example.test");
        }

        @Test
        void with_a_counter_between_texts_are_known_again() {
            AttributeRule name = unique("${record.last}").counterText(" (", ")").apply(Apply.ALWAYS);
            Entry entry = new Entry(DN.NULL_DN, List.of(new com.unboundid.ldap.sdk.Attribute("uid", "Smith (7)")));
            AttributeIntent kept = with(name)
                    .build()
                    .map(
                            person("John", "Smith"),
                            MappingInput.none().existing(entry).names(taken("uid=smith")))
                    .attributes()
                    .get("uid");
            assertThat(kept).isInstanceOf(AttributeIntent.Keep.class);
        }

        @Test
        void take_no_counter_text_that_the_name_may_not_contain() {
            assertThatExceptionOfType(dev.rollcall.connector.ConfigurationException.class)
                    .isThrownBy(() -> with(LOGIN.sanitize(Sanitizer.UID).counterText(" (", ")"))
                            .build())
                    .withMessageContaining("uid does not take ' (' before and ')' after the counter");
            assertThatExceptionOfType(dev.rollcall.connector.ConfigurationException.class)
                    .isThrownBy(() ->
                            with(AttributeRule.format("x").counterText("-", "")).build())
                    .withMessageContaining("this is for unique names");
        }

        @Test
        void without_a_value_are_passed_over() {
            UserRecord madonna = UserRecord.of(Map.of("id", 8, "last", "Madonna"));
            assertThat(uid(unique("${record.first}.${record.last}", "${record.last | lower}"), madonna, Names.free()))
                    .isEqualTo("madonna");
        }

        @Test
        void that_all_lack_a_value_fail_where_the_dn_needs_the_name() {
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> uid(LOGIN, UserRecord.of(Map.of("id", 8)), Names.free()))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("no-value"));
        }

        @Test
        void end_after_999_tries() {
            List<String> asked = new ArrayList<>();
            Names all = (attribute, value) -> {
                asked.add(value);
                return Optional.of("reserved for key 7");
            };
            assertThatExceptionOfType(MappingException.class)
                    .isThrownBy(() -> uid(LOGIN, person("Ada", "Lovelace"), all))
                    .withMessageContaining(
                            "no name is left for uid after 999 tries, from alovelace is taken by reserved for key 7")
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("no-unique-name"));
            assertThat(asked)
                    .hasSize(999)
                    .startsWith("alovelace", "ada.lovelace", "alovelace2")
                    .endsWith("alovelace998");
        }
    }

    @Nested
    class a_counter {
        private final UserRecord long1 = person("M", "Wolfeschlegelsteinhausen");

        @Test
        void shortens_the_name_to_fit() {
            AttributeRule rule = LOGIN.maxLength(12);
            assertThat(uid(rule, long1, Names.free())).isEqualTo("mwolfeschleg").hasSize(12);
            assertThat(uid(rule, long1, taken("uid=mwolfeschleg", "uid=m.wolfeschle")))
                    .isEqualTo("mwolfeschle2");
        }

        @Test
        void never_cuts_a_character_in_two() {
            AttributeRule rule = unique("${record.last}").maxLength(3);
            assertThat(uid(rule, person("x", "😀😀😀😀"), taken("uid=😀😀😀"))).isEqualTo("😀😀2");
        }

        @Test
        void begins_where_it_is_told_with_as_many_digits() {
            AttributeRule rule = unique("${record.last | lower}").counterFrom(0).counterWidth(3);
            assertThat(uid(rule, person("x", "Doe"), taken("uid=doe", "uid=doe000")))
                    .isEqualTo("doe001");
        }

        @Test
        void stands_before_the_at_sign() {
            AttributeRule rule = unique("${record.last | lower}@example.test").maxLength(16);
            assertThat(uid(rule, person("x", "Doe"), taken("uid=doe@example.test")))
                    .isEqualTo("do2@example.test");
        }

        @Test
        void may_be_shared_so_that_names_stay_in_step() {
            Mapping mapping = with(unique("${record.last | lower}").shareCounter("uid", "mail"))
                    .attribute("mail", unique("${record.first | lower}.${record.last | lower}@example.test"))
                    .build();
            DesiredEntry wanted = mapping.map(
                    person("Ada", "Doe"), MappingInput.none().names(taken("uid=doe", "mail=ada.doe2@example.test")));
            assertThat(wanted.attributes())
                    .containsEntry("uid", AttributeIntent.Set.of("doe3"))
                    .containsEntry("mail", AttributeIntent.Set.of("ada.doe3@example.test"));
        }
    }

    @Nested
    class a_name {
        @Test
        void may_have_to_be_free_in_other_attributes_too() {
            AttributeRule rule = unique("${record.last | lower}").alsoIn("mail");
            assertThat(uid(rule, person("x", "Doe"), taken("mail=doe"))).isEqualTo("doe2");
        }

        @Test
        void is_looked_for_among_proxy_addresses_with_their_type() {
            AttributeRule rule = unique("${record.last | lower}@example.test").alsoIn("proxyAddresses");
            assertThat(uid(rule, person("x", "Doe"), taken("proxyAddresses=smtp:doe@example.test")))
                    .isEqualTo("doe2@example.test");
        }

        @Test
        void may_be_unique_in_its_container_only() {
            List<DN> asked = new ArrayList<>();
            Names names = new Names() {
                @Override
                public Optional<String> holder(String attribute, String value) {
                    throw new AssertionError("the container should be asked");
                }

                @Override
                public Optional<String> holderIn(DN container, String attribute, String value) {
                    asked.add(container);
                    return Optional.empty();
                }
            };
            Mapping mapping = with(unique("${record.last}").scope(NameScope.CONTAINER))
                    .dn("uid=${uid},ou=${record.first},dc=test")
                    .build();
            mapping.map(person("Sales", "Doe"), MappingInput.none().names(names));
            assertThat(asked).extracting(DN::toString).containsExactly("ou=Sales,dc=test");
        }
    }

    @Nested
    class an_entry_that_has_a_name {
        private AttributeIntent mapped(AttributeRule rule, String present, Names names) throws Exception {
            Entry entry = new Entry(
                    "dn: uid=" + present + ",ou=people,dc=example,dc=test", "objectClass: account", "uid: " + present);
            return java.util.Objects.requireNonNull(with(rule)
                    .build()
                    .map(
                            person("Ada", "Lovelace"),
                            MappingInput.none().existing(entry).names(names))
                    .attributes()
                    .get("uid"));
        }

        @Test
        void keeps_it() throws Exception {
            assertThat(mapped(LOGIN, "countess", Names.free())).isInstanceOf(AttributeIntent.Keep.class);
        }

        @Test
        void gets_another_if_names_follow_the_record_and_it_is_none_of_the_candidates() throws Exception {
            AttributeRule always = LOGIN.apply(Apply.ALWAYS);
            assertThat(mapped(always, "countess", Names.free())).isEqualTo(AttributeIntent.Set.of("alovelace"));
            assertThat(mapped(always, "alovelace17", Names.free())).isInstanceOf(AttributeIntent.Keep.class);
            assertThat(mapped(always, "Ada.Lovelace", Names.free())).isInstanceOf(AttributeIntent.Keep.class);
        }

        @Test
        void gets_one_where_it_lacks_it_which_its_own_dn_does_not_hold() throws Exception {
            Entry entry = new Entry("dn: cn=x,dc=test", "objectClass: account");
            Names own = (attribute, value) -> Optional.of("CN=X,DC=test");
            DesiredEntry wanted = with(LOGIN)
                    .build()
                    .map(
                            person("Ada", "Lovelace"),
                            MappingInput.none().existing(entry).names(own));
            assertThat(wanted.attributes()).containsEntry("uid", AttributeIntent.Set.of("alovelace"));
        }
    }

    @Test
    void a_name_whose_column_could_not_be_read_is_kept() throws Exception {
        Entry entry = new Entry("dn: uid=x,dc=test", "objectClass: account", "uid: x");
        UserRecord record = person("Ada", "L").with("last", Value.unknown("503"));
        Mapping mapping = with(LOGIN.apply(Apply.ALWAYS)).build();
        assertThat(mapping.map(record, MappingInput.none().existing(entry))
                        .attributes()
                        .get("uid"))
                .isInstanceOf(AttributeIntent.Keep.class);
    }

    @Test
    void the_directory_is_asked_in_these_attributes() {
        Mapping mapping = with(LOGIN.alsoIn("mail", "proxyAddresses")).build();
        assertThat(mapping.nameAttributes()).containsExactly("uid", "mail", "proxyAddresses");
    }
}
