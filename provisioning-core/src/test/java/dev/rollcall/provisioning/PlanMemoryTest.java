package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.PlanProgress;
import dev.rollcall.provisioning.report.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a run keeps in memory for each person, at four places; all the rest of it is in spools. The page about speed states the
 * limits. Two runs are compared, of which one is about more people: the buffers are the same for any number.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanMemoryTest {
    private static final int FEW = 3000;
    private static final int MANY = 12_000;
    /** Servers and pools of the same process let go of memory at any time: the least of several counts. */
    private static final int ATTEMPTS = 4;

    private static final Path PAGE = Path.of("..", "docs", "speed.md");
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    /** They stay until the end: what one left would be collected while another is measured. */
    private final List<Roll> rolls = new ArrayList<>();

    @AfterAll
    void close() {
        rolls.forEach(Roll::close);
    }

    /** Where live bytes are counted: the columns of the table. */
    private enum Place {
        READ,
        SEALED,
        APPLYING,
        REPORTED
    }

    /**
     * What is the matter with everybody: a row of the table.
     *
     * @param row its first cell
     */
    private record Everybody(String row, Supplier<Roll> roll, BiConsumer<Roll, Integer> fill) {
        @Override
        public String toString() {
            return row;
        }
    }

    static Stream<Everybody> rows() {
        return Stream.of(
                new Everybody(
                        "made, with two unique names and a manager",
                        () -> taking(ResultCode.SUCCESS),
                        PlanMemoryTest::people),
                new Everybody(
                        "refused by the server",
                        () -> taking(ResultCode.INSUFFICIENT_ACCESS_RIGHTS),
                        PlanMemoryTest::people),
                new Everybody("in conflict, since no record can be mapped", Roll::new, (roll, people) -> {
                    for (int id = 1; id <= people; id++) {
                        roll.person(id, "First" + id, "");
                    }
                }),
                new Everybody(
                        "made, with a manager who is nobody", () -> taking(ResultCode.SUCCESS), (roll, people) -> {
                            for (int id = 1; id <= people; id++) {
                                roll.person(id, "First" + id, "Last" + id, "manager", Integer.toString(id + MANY));
                            }
                        }),
                new Everybody("unchanged, with a unique name", Roll::new, PlanMemoryTest::unchanged));
    }

    private static void unchanged(Roll roll, int people) {
        roll.mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${uid}," + Roll.PEOPLE)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last}")
                .attribute("cn", "${record.first} ${record.last}")
                .attribute("uid", "${record.first | lower}")
                .attribute("displayName", AttributeRule.unique("${record.first} ${record.last}"))
                .build();
        for (int id = 1; id <= people; id++) {
            roll.person(id, "First" + id, "Last" + id);
            roll.entry(
                    "dn: uid=first" + id + "," + Roll.PEOPLE,
                    "objectClass: top",
                    "objectClass: person",
                    "objectClass: organizationalPerson",
                    "objectClass: inetOrgPerson",
                    "employeeNumber: " + id,
                    "uid: first" + id,
                    "sn: Last" + id,
                    "cn: First" + id + " Last" + id,
                    "displayName: First" + id + " Last" + id);
        }
    }

    private static void people(Roll roll, int people) {
        roll.mapping = Roll.mapping()
                .attribute("displayName", AttributeRule.unique("${record.first} ${record.last}"))
                .build();
        for (int id = 1; id <= people; id++) {
            roll.person(id, "First" + id, "Last" + id, "manager", Integer.toString(id / 10));
        }
    }

    /** A server that gives this response to each new person, and keeps none: it is in the same heap. */
    private static Roll taking(ResultCode response) {
        return new Roll(new InMemoryOperationInterceptor() {
            @Override
            public void processAddRequest(InMemoryInterceptedAddRequest request) throws LDAPException {
                if (request.getRequest().getDN().endsWith(Roll.PEOPLE)
                        && !request.getRequest().getDN().equals(Roll.PEOPLE)) {
                    throw new LDAPException(response, "said the test");
                }
            }
        });
    }

    private static long live() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            MEMORY.gc();
            least = Math.min(least, MEMORY.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private Map<Place, Long> liveBytes(Everybody everybody, int people) {
        Roll roll = everybody.roll().get();
        rolls.add(roll);
        everybody.fill().accept(roll, people);
        return liveBytes(roll, people);
    }

    private static Map<Place, Long> liveBytes(Roll roll, int people) {
        Map<Place, Long> bytes = new EnumMap<>(Place.class);
        // All classes are loaded by that.
        roll.policies = builder -> builder.memory(0);
        roll.plan().close();
        long before = live();
        int[] outcomes = new int[1];
        roll.policies = builder -> builder.memory(0)
                .allow("maxConflicts")
                .allow("failures")
                .progress((phase, done, total) -> {
                    boolean last = total.equals(OptionalLong.of(done));
                    if (last && phase == PlanProgress.Phase.SCANNING) {
                        bytes.put(Place.READ, live() - before);
                    } else if (last && phase == PlanProgress.Phase.PLANNING) {
                        bytes.put(Place.SEALED, live() - before);
                    }
                })
                .listener(outcome -> {
                    if (outcomes[0]++ == people / 2) {
                        bytes.put(Place.APPLYING, live() - before);
                    }
                });
        try (Plan plan = roll.plan()) {
            Report report = Report.of(plan);
            if (plan.guardrails().passed()) {
                report = report.applied(roll.apply(plan));
            }
            report.write(OutputStream.nullOutputStream());
            bytes.put(Place.REPORTED, live() - before);
            assertThat(report).as("what still has the outcomes").isNotNull();
            assertThat(plan.counts().of(ChangeKind.CREATE)
                            + plan.unchanged()
                            + plan.conflicts().size())
                    .isEqualTo(people);
        }
        return bytes;
    }

    /** The limits that the page states, by the words of a row. */
    private static Map<String, List<String>> stated() throws IOException {
        Map<String, List<String>> rows = new HashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| ")) {
                List<String> cells =
                        List.of(line.substring(2, line.length() - 2).split(" \\| ", -1));
                rows.put(cells.get(0), cells.subList(1, cells.size()));
            }
        }
        return rows;
    }

    private static boolean isWithin(List<String> limits, Map<Place, Long> each) {
        return !each.isEmpty()
                && each.entrySet().stream()
                        .allMatch(one -> one.getValue()
                                <= Long.parseLong(
                                        limits.get(List.of(Place.values()).indexOf(one.getKey()))));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void is_at_most_what_the_page_about_speed_states(Everybody everybody) throws IOException {
        List<String> limits = stated().get(everybody.row());
        assertThat(limits).as("the row of %s in %s", everybody, PAGE).hasSize(Place.values().length);
        Map<Place, Long> each = new EnumMap<>(Place.class);
        for (int attempt = 0; attempt < ATTEMPTS && !isWithin(limits, each); attempt++) {
            Map<Place, Long> few = liveBytes(everybody, FEW);
            Map<Place, Long> many = liveBytes(everybody, MANY);
            many.forEach((place, bytes) -> each.merge(place, (bytes - few.get(place)) / (MANY - FEW), Math::min));
        }

        List<String> tooMany = new ArrayList<>();
        for (Place place : Place.values()) {
            String limit = limits.get(List.of(Place.values()).indexOf(place));
            assertThat(each.containsKey(place)).as("%s in %s", place, each).isEqualTo(!limit.isEmpty());
            if (!limit.isEmpty() && each.get(place) > Long.parseLong(limit)) {
                tooMany.add(place + ": " + each.get(place) + ", limit " + limit);
            }
        }
        assertThat(tooMany).as("bytes for each person").isEmpty();
    }
}
