package dev.rollcall.benchmarks.mapping;

import static dev.rollcall.mapping.AttributeRule.unique;
import static dev.rollcall.mappingtestkit.MappingAssertions.assertThat;
import static dev.rollcall.mappingtestkit.MappingAssertions.json;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.rollcall.mapping.Mapping;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Ten thousand tests of a mapping in plain JUnit, as its users write them. Immutable and thread-safe. */
public class TenThousandTests {
    private static final int COUNT = 10_000;

    private static final Mapping PEOPLE = Mapping.builder()
            .key("id", "employeeNumber")
            .dn("uid=${uid},ou=people,dc=example,dc=test")
            .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
            .attribute("sn", "${record.last_name}")
            .attribute("cn", "${join(' ', record.first_name, record.last_name)}")
            .attribute("mail", "${record.email | lower}")
            .attribute("uid", unique("${record.first_name | first(1) | lower}${record.last_name | lower}"))
            .build();

    /** One test each; JUnit takes longer than two seconds for as many parameterized tests in which nothing happens. */
    @TestFactory
    Stream<DynamicTest> a_taken_name_gets_a_number() {
        return IntStream.range(0, COUNT)
                .mapToObj(id -> DynamicTest.dynamicTest("alovelace" + id, () -> takenNameGetsNumber(id)));
    }

    private static void takenNameGetsNumber(int id) {
        assertThat(PEOPLE)
                .taken("uid", "alovelace" + id)
                .given(json("{'id': %d, 'first_name': 'Al', 'last_name': 'Lovelace%d', 'email': 'AL@X.test'}"
                        .formatted(id, id)))
                .hasDn("uid=alovelace" + id + "2,ou=people,dc=example,dc=test")
                .hasAttribute("mail", "al@x.test");
    }

    /** {@return whether all of them pass within two seconds, the start of JUnit included} */
    static boolean run() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(TenThousandTests.class))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        long start = System.nanoTime();
        LauncherFactory.create().execute(request, listener);
        double seconds = (System.nanoTime() - start) / 1e9;
        TestExecutionSummary summary = listener.getSummary();
        boolean met = summary.getTestsSucceededCount() == COUNT && seconds < 2;
        System.out.printf(
                Locale.ROOT,
                "%-40s %6.2f  %s%n",
                summary.getTestsSucceededCount() + " mapping tests, under 2 seconds",
                seconds,
                met ? "met" : "MISSED");
        return met;
    }
}
