package dev.rollcall.integration.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.integration.wrong.Wrongs;
import dev.rollcall.integration.wrong.here.Hen;
import dev.rollcall.integration.wrong.there.Egg;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.Spool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule finds what it is there to find. */
class ArchitectureRulesTest {
    @Test
    void standard_streams() {
        assertThat(rulesThatFind(Wrongs.Prints.class)).isEqualTo(1);
    }

    @Test
    void the_logging_of_the_JDK() {
        assertThat(rulesThatFind(Wrongs.LogsToTheJdk.class)).isEqualTo(1);
    }

    @Test
    void generic_exceptions() {
        assertThat(rulesThatFind(Wrongs.ThrowsAnything.class)).isEqualTo(1);
    }

    @Test
    void printed_stack_traces() {
        finds(ArchitectureRules::noStackTracesPrinted, Wrongs.PrintsStackTraces.class);
    }

    @Test
    void the_end_of_the_process_and_its_environment() {
        finds(ArchitectureRules::processIsTheHosts, Wrongs.Exits.class);
        finds(ArchitectureRules::processIsTheHosts, Wrongs.ReadsTheEnvironment.class);
    }

    @Test
    void the_time_without_a_clock() {
        finds(ArchitectureRules::clockIsLent, Wrongs.LooksAtTheWall.class);
    }

    @Test
    void a_hidden_library_in_a_public_signature_even_as_a_type_argument() {
        finds(ArchitectureRules::hiddenLibrariesStayHidden, Wrongs.ShowsJackson.class);
    }

    @Test
    void no_hidden_library_where_nobody_sees_it() {
        assertThatCode(() -> ArchitectureRules.hiddenLibrariesStayHidden().check(classes(Wrongs.HidesJackson.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void packages_without_null_marks() {
        finds(ArchitectureRules::packagesAreNullMarked, Wrongs.class);
    }

    @Test
    void cycles_of_packages() {
        finds(ArchitectureRules::noPackageCycles, Hen.class, Egg.class);
    }

    @Test
    void the_internals_of_another_module() {
        finds(ArchitectureRules::internalsStayInside, Wrongs.KnowsInternals.class);
        assertThatCode(() -> ArchitectureRules.internalsStayInside().check(classes(Spool.class, HashIndex.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void an_arrow_that_points_up() {
        finds(
                () -> ArchitectureRules.arrowsPointDown(ArchitectureRulesTest::home, home -> Set.of()),
                Wrongs.KnowsTheRecord.class);
        assertThatCode(() -> ArchitectureRules.arrowsPointDown(
                                ArchitectureRulesTest::home, home -> Set.of("connector-api"))
                        .check(classes(Wrongs.KnowsTheRecord.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void libraries_on_the_lowest_floors_and_HTTP_and_LDAP_where_they_do_not_belong() {
        finds(ArchitectureRules::onlyJdkAndJspecify, Wrongs.TalksLdap.class);
        finds(ArchitectureRules::nameNoHttp, Wrongs.TalksHttp.class);
        finds(ArchitectureRules::nameNoLdap, Wrongs.TalksLdap.class);
    }

    @Test
    void a_public_class_of_a_vendor_that_is_no_door() {
        finds(ArchitectureRules::vendorsShowOnlyTheirDoor, Hen.class);
    }

    @Test
    void a_package_in_two_modules() {
        assertThat(ArchitectureRules.splitPackages(Map.of("a", Set.of("p", "q"), "b", Set.of("q"))))
                .isEqualTo(Map.of("q", Set.of("a", "b")));
    }

    @Test
    void public_types_without_comment_or_thread_sentence(@TempDir Path folder) throws Exception {
        Path bare = Files.writeString(folder.resolve("Bare.java"), "public class Bare { public interface Inner {} }");
        Path told = Files.writeString(
                folder.resolve("Told.java"),
                "/** A value.\n * Immutable and\n * thread-safe. */ public record Told() {}");

        Path inside = Files.createDirectory(folder.resolve("internal"));
        Path hidden = Files.writeString(inside.resolve("Hidden.java"), "public class Hidden {}");

        List<PublicTypes.Found> types = PublicTypes.in(List.of(bare, told, hidden));

        assertThat(types).extracting(PublicTypes.Found::name).containsExactly("Bare", "Inner", "Told");
        assertThat(types).extracting(type -> type.comment().isBlank()).containsExactly(true, true, false);
        assertThat(types)
                .extracting(type -> type.owesAThreadSentence() && !type.saysHowItStandsToThreads())
                .containsExactly(true, false, false);
    }

    private static long rulesThatFind(Class<?> wrong) {
        return Stream.concat(ArchitectureRules.everywhere(), ArchitectureRules.insideAHost())
                .filter(rule -> !rule.getDescription().contains("@NullMarked"))
                .filter(rule -> rule.evaluate(classes(wrong)).hasViolation())
                .count();
    }

    private static void finds(Supplier<ArchRule> rule, Class<?>... wrong) {
        assertThat(rule.get().evaluate(classes(wrong)).hasViolation())
                .as(rule.get().getDescription())
                .isTrue();
    }

    private static JavaClasses classes(Class<?>... classes) {
        return new ClassFileImporter().importClasses(classes);
    }

    private static Optional<String> home(JavaClass candidate) {
        if (candidate.getName().equals(UserRecord.class.getName())) {
            return Optional.of("connector-api");
        }
        return candidate.getPackageName().startsWith("dev.rollcall.integration")
                ? Optional.of("here")
                : Optional.empty();
    }
}
