package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.source.UserSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EntryGateTest {
    /** What a test does to the server's requests. */
    private static final class Whims extends InMemoryOperationInterceptor {
        boolean knowsControls = true;
        Consumer<String> beforeAdd = dn -> {};
        List<String> refusedValues = List.of();
        final List<String> writes = new ArrayList<>();

        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry entry) {
            if (!knowsControls && entry.getSearchEntry().getDN().isEmpty()) {
                Entry root = entry.getSearchEntry().duplicate();
                root.removeAttribute("supportedControl");
                entry.setSearchEntry(root);
            }
        }

        @Override
        public void processAddRequest(InMemoryInterceptedAddRequest request) {
            writes.add("add " + request.getRequest().getDN());
            beforeAdd.accept(request.getRequest().getDN());
        }

        @Override
        public void processModifyRequest(InMemoryInterceptedModifyRequest request) throws LDAPException {
            writes.add("modify " + request.getRequest().getDN());
            for (var modification : request.getRequest().getModifications()) {
                for (String value : modification.getValues()) {
                    if (refusedValues.contains(value)) {
                        throw new LDAPException(ResultCode.INVALID_ATTRIBUTE_SYNTAX, "invalid per syntax");
                    }
                }
            }
        }
    }

    private final Whims whims = new Whims();
    private final Roll roll = new Roll(whims);

    @AfterEach
    void close() {
        roll.close();
    }

    private Outcomes applyAfter(Consumer<Roll> meanwhile) {
        Reconciler reconciler = roll.reconciler(UserSource.of(roll.records));
        try (Plan plan = reconciler.plan()) {
            meanwhile.accept(roll);
            return reconciler.apply(plan);
        }
    }

    private static void isStale(Outcomes outcomes, String because) {
        assertThat(outcomes.failures()).singleElement().satisfies(one -> {
            assertThat(one.status()).isEqualTo(Outcome.Status.STALE);
            assertThat(one.message()).contains(because);
        });
    }

    @Nested
    class a_modification_on_a_server_that_judges_assertions extends Modification {
        a_modification_on_a_server_that_judges_assertions() {
            super(true);
        }
    }

    @Nested
    class a_modification_on_a_server_without_assertions extends Modification {
        a_modification_on_a_server_without_assertions() {
            super(false);
        }
    }

    abstract class Modification {
        Modification(boolean controls) {
            whims.knowsControls = controls;
            roll.directorySettings =
                    builder -> builder.protect("(description=keep)").mark("employeeType", "rollcall:crm");
            roll.people(3).sync();
            roll.without(2).person(2, "First2", "Last2", "email", "new@example.test");
        }

        @Test
        void leaves_an_entry_alone_that_is_protected_by_now() {
            isStale(
                    applyAfter(all -> all.modify(
                            "dn: uid=flast2," + Roll.PEOPLE,
                            "changetype: modify",
                            "add: description",
                            "description: keep")),
                    "protected");
            assertThat(roll.values("uid=flast2", "mail")).containsExactly("first2.last2@example.test");
        }

        @Test
        void leaves_an_entry_alone_that_has_another_mark_by_now() {
            isStale(
                    applyAfter(all -> all.modify(
                            "dn: uid=flast2," + Roll.PEOPLE,
                            "changetype: modify",
                            "replace: employeeType",
                            "employeeType: rollcall:hr")),
                    "mark of another source");
        }

        @Test
        void leaves_an_entry_alone_that_has_another_key_by_now() {
            isStale(
                    applyAfter(all -> all.modify(
                            "dn: uid=flast2," + Roll.PEOPLE,
                            "changetype: modify",
                            "replace: employeeNumber",
                            "employeeNumber: 99")),
                    "key");
        }

        @Test
        void leaves_an_entry_alone_that_the_filter_does_not_find_any_more() {
            isStale(
                    applyAfter(all -> all.modify(
                            "dn: uid=flast2," + Roll.PEOPLE,
                            "changetype: modify",
                            "replace: objectClass",
                            "objectClass: person")),
                    "filter");
        }

        @Test
        void leaves_an_account_alone_that_was_disabled_by_now() {
            isStale(
                    applyAfter(all -> all.modify(
                            "dn: uid=flast2," + Roll.PEOPLE,
                            "changetype: modify",
                            "add: pwdAccountLockedTime",
                            "pwdAccountLockedTime: 000001010000Z")),
                    "disabled");
        }

        @Test
        void leaves_somebody_else_alone_who_has_the_name_by_now() {
            applyAfter(all -> {
                try {
                    all.server.modifyDN("uid=flast2," + Roll.PEOPLE, "uid=other", true);
                } catch (LDAPException failed) {
                    throw new AssertionError(failed);
                }
                all.account("flast2", "employeeNumber: 77", "mail: first2.last2@example.test");
            });
            assertThat(roll.values("uid=flast2", "mail")).containsExactly("first2.last2@example.test");
            assertThat(roll.values("uid=other", "mail")).containsExactly("first2.last2@example.test");
        }
    }

    @Nested
    class a_membership {
        @Test
        void is_for_the_member_whatever_the_name_is_by_now() throws LDAPException {
            roll.entry("dn: cn=g," + Roll.GROUPS, "objectClass: groupOfNames", "cn: g");
            roll.people(3).sync();
            roll.mapping = Roll.mapping()
                    .group("cn=g," + Roll.GROUPS, "record.id == 2")
                    .build();
            applyAfter(all -> {
                try {
                    all.server.modifyDN("uid=flast2," + Roll.PEOPLE, "uid=other", true);
                } catch (LDAPException failed) {
                    throw new AssertionError(failed);
                }
                all.account("flast2", "employeeNumber: 77");
            });

            assertThat(roll.read("cn=g," + Roll.GROUPS).getAttributeValues("member"))
                    .containsExactly("uid=other," + Roll.PEOPLE);
        }
    }

    @Nested
    class a_create {
        @Test
        void is_not_made_if_somebody_has_the_key_by_now() {
            roll.people(2);

            isStale(applyAfter(all -> all.account("handmade", "employeeNumber: 2")), "has the key 2 by now");

            assertThat(roll.uids()).containsExactly("flast1", "handmade");
        }

        @Test
        void is_disabled_again_if_another_run_made_one_with_the_key_at_the_same_time() {
            roll.people(2);
            whims.beforeAdd = dn -> {
                if (dn.startsWith("uid=flast2")) {
                    whims.beforeAdd = none -> {};
                    roll.account("theirs", "employeeNumber: 2");
                }
            };

            Outcomes outcomes = roll.sync();

            assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(1);
            assertThat(outcomes.failures())
                    .singleElement()
                    .satisfies(one -> assertThat(one.message())
                            .contains("uid=flast2," + Roll.PEOPLE)
                            .contains("uid=theirs," + Roll.PEOPLE));
            assertThat(outcomes.conflicts()).extracting(Conflict::situation).containsExactly(Situation.AMBIGUOUS);
            assertThat(roll.values("uid=flast2", "pwdAccountLockedTime")).containsExactly("000001010000Z");
            assertThat(roll.values("uid=theirs", "pwdAccountLockedTime")).isEmpty();
        }

        @Test
        void costs_one_search_for_a_hundred_before_and_one_after() {
            roll.policies = builder -> builder.allow("maxCreate");
            roll.people(1000);
            Reconciler reconciler = roll.reconciler(UserSource.of(roll.records));
            try (Plan plan = reconciler.plan()) {
                int before = roll.searches.get();
                assertThat(reconciler.apply(plan).isComplete()).isTrue();
                assertThat(roll.searches.get() - before).isLessThanOrEqualTo(22);
            }
        }
    }

    @Nested
    class a_value_that_the_server_refuses {
        @Test
        void keeps_no_other_attribute_from_being_written_and_is_named_with_its_column() {
            roll.people(2).sync();
            whims.refusedValues = List.of("bad@example.test");
            roll.without(2).person(2, "Second", "Last2", "email", "bad@example.test");

            Outcomes outcomes = roll.sync();

            assertThat(outcomes.failures())
                    .singleElement()
                    .satisfies(
                            one -> assertThat(one.message())
                                    .isEqualTo(
                                            "mail (record.email | lower): invalid per syntax; the other attributes were written"));
            assertThat(roll.values("uid=flast2", "cn")).containsExactly("Second Last2");
        }
    }

    @Nested
    class ends {
        @Test
        void are_written_first_and_creates_last() {
            roll.people(3).sync();
            roll.without(3).without(1).person(1, "Primus", "Last1").person(0, "Zero", "New");
            whims.writes.clear();

            roll.sync();

            assertThat(whims.writes)
                    .containsExactly(
                            "modify uid=flast3," + Roll.PEOPLE,
                            "modify uid=flast1," + Roll.PEOPLE,
                            "add uid=znew," + Roll.PEOPLE);
        }
    }

    @Nested
    class a_disable {
        @Test
        void that_leaves_the_opposite_value_beside_its_own_is_not_done() {
            roll.type = Directory::generic;
            roll.directorySettings = builder -> builder.disable("nsAccountLock", "true", "");
            roll.people(2).sync();
            roll.modify(
                    "dn: uid=flast2," + Roll.PEOPLE,
                    "changetype: modify",
                    "add: nsAccountLock",
                    "nsAccountLock: false");
            roll.without(2);

            assertThat(roll.sync().failures()).isEmpty();
            assertThat(roll.values("uid=flast2", "nsAccountLock")).containsExactly("true");
        }

        @Test
        void without_effect_is_not_reported_as_done() {
            roll.type = Directory::generic;
            roll.directorySettings = builder -> builder.disable("nsAccountLock", "true", "");
            roll.people(2).sync();
            roll.without(2);
            Outcomes outcomes = applyAfter(all -> all.modify(
                    "dn: uid=flast2," + Roll.PEOPLE,
                    "changetype: modify",
                    "add: nsAccountLock",
                    "nsAccountLock: False"));

            assertThat(outcomes.counts().of(ChangeKind.DISABLE)).isZero();
            assertThat(outcomes.failures()).hasSize(1);
        }
    }
}
