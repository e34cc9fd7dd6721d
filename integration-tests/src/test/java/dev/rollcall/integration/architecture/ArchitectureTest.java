package dev.rollcall.integration.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compiled classes of every published module keep the rules of the house. */
class ArchitectureTest {
    /** Rises with the project: rules over an empty set of classes would always hold. */
    private static final int CLASSES_AT_LEAST = 100;

    private static final Reactor REACTOR = Reactor.here();
    private static final Map<String, JavaClasses> CLASSES = new LinkedHashMap<>();
    private static final Map<String, String> MODULE_OF = new HashMap<>();
    private static JavaClasses all;

    @BeforeAll
    static void read_the_classes_of_every_module() {
        List<Reactor.Module> modules = REACTOR.published().stream()
                .filter(Reactor.Module::hasMainSources)
                .toList();
        for (Reactor.Module module : modules) {
            assertThat(module.classes())
                    .as("%s is built before this test: name it in integration-tests/pom.xml", module.name())
                    .isDirectory();
            JavaClasses classes = new ClassFileImporter().importPath(module.classes());
            CLASSES.put(module.name(), classes);
            classes.forEach(each -> MODULE_OF.put(each.getName(), module.name()));
        }
        all = new ClassFileImporter()
                .importPaths(modules.stream().map(Reactor.Module::classes).toList());
    }

    static Stream<ArchRule> rules_for_all() {
        return ArchitectureRules.everywhere();
    }

    static Stream<ArchRule> rules_inside_a_host() {
        return ArchitectureRules.insideAHost();
    }

    @Test
    void enough_classes_are_seen() {
        assertThat(all).hasSizeGreaterThan(CLASSES_AT_LEAST);
        assertThat(CLASSES).allSatisfy((module, classes) -> assertThat(classes).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("rules_for_all")
    void every_class_keeps(ArchRule rule) {
        rule.check(all);
    }

    @ParameterizedTest
    @MethodSource("rules_inside_a_host")
    void every_class_that_runs_inside_a_host_keeps(ArchRule rule) {
        CLASSES.forEach((module, classes) -> {
            if (!module.endsWith("-testkit")) {
                rule.check(classes);
            }
        });
    }

    @Test
    void every_arrow_points_down() {
        ArchitectureRules.arrowsPointDown(ArchitectureTest::moduleOf, Floors::below)
                .check(all);
    }

    @Test
    void the_lowest_floors_need_the_JDK_and_JSpecify_only() {
        ArchitectureRules.onlyJdkAndJspecify().check(CLASSES.get("connector-api"));
        ArchitectureRules.onlyJdkAndJspecify().check(CLASSES.get("formats"));
    }

    @Test
    void mapping_and_provisioning_name_no_HTTP() {
        Stream.of("ldap-mapping", "provisioning-core")
                .filter(CLASSES::containsKey)
                .forEach(module -> ArchitectureRules.nameNoHttp().check(CLASSES.get(module)));
    }

    @Test
    void connectors_name_no_LDAP() {
        CLASSES.keySet().stream()
                .filter(module -> module.startsWith("connector-"))
                .forEach(module -> ArchitectureRules.nameNoLdap().check(CLASSES.get(module)));
    }

    @Test
    void a_vendor_module_shows_only_its_door() {
        Stream.of("connector-apollo", "connector-pipedrive", "connector-elmo")
                .filter(CLASSES::containsKey)
                .forEach(module -> ArchitectureRules.vendorsShowOnlyTheirDoor().check(CLASSES.get(module)));
    }

    @Test
    void no_package_is_in_two_modules() {
        Map<String, Set<String>> packages = new HashMap<>();
        CLASSES.forEach((module, classes) -> packages.put(
                module, classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet())));

        assertThat(ArchitectureRules.splitPackages(packages)).isEmpty();
    }

    @Test
    void every_module_has_a_name_for_the_module_path() {
        for (Reactor.Module module : REACTOR.published()) {
            if (module.hasMainSources()) {
                boolean described = Files.exists(module.classes().resolve("module-info.class"));
                assertThat(described)
                        .as("%s has a module-info", module.name())
                        .isEqualTo(Set.of("connector-api", "formats").contains(module.name()));
            }
        }
    }

    private static Optional<String> moduleOf(JavaClass candidate) {
        return Optional.ofNullable(MODULE_OF.get(candidate.getName()));
    }
}
