package dev.rollcall.integration.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages within the modules: small, without cycles or knots, and with an API whose changes are read in a diff. */
class RoomsTest {
    private static final int PACKAGES_AT_LEAST = 35;
    private static final int CLASSES_AT_MOST = 45;
    private static final int KNOT_AT_MOST = 5;
    /** Set to write the files of the API anew: {@code -Dapi.write=true}. */
    private static final String WRITE = "api.write";

    private static final Reactor REACTOR = Reactor.here();
    private static JavaClasses all;

    @BeforeAll
    static void read_the_classes_of_every_module() {
        all = new ClassFileImporter()
                .importPaths(modules().map(Reactor.Module::classes).toList());
    }

    static Stream<Reactor.Module> modules() {
        return REACTOR.published().stream().filter(Reactor.Module::hasMainSources);
    }

    @Test
    void no_cycle_of_packages_is_found_among_enough_of_them() {
        Set<String> packages = all.stream().map(each -> each.getPackageName()).collect(Collectors.toSet());

        assertThat(packages).hasSizeGreaterThanOrEqualTo(PACKAGES_AT_LEAST);
        ArchitectureRules.noPackageCycles().check(all);
    }

    @Test
    void no_package_has_more_classes_than_a_reader_can_survey() {
        assertThat(Rooms.crowded(all, CLASSES_AT_MOST)).isEmpty();
    }

    @Test
    void no_knot_has_more_than_five_classes() {
        assertThat(Rooms.knots(all, KNOT_AT_MOST)).isEmpty();
    }

    @Test
    void no_module_exports_an_internal_package() throws Exception {
        for (Reactor.Module module : modules().toList()) {
            Path descriptor = module.classes().resolve("module-info.class");
            if (Files.exists(descriptor)) {
                try (var bytes = Files.newInputStream(descriptor)) {
                    assertThat(ModuleDescriptor.read(bytes).exports())
                            .extracting(ModuleDescriptor.Exports::source)
                            .noneMatch(Rooms::isInternal);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void what_users_see_names_nothing_internal(Reactor.Module module) {
        assertThat(api(module)).noneMatch(line -> line.contains(".internal."));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void what_users_see_is_what_its_file_lists(Reactor.Module module) throws Exception {
        Path file = REACTOR.root().resolve("integration-tests/src/test/resources/api/" + module.name() + ".txt");
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(file.getParent());
            Files.write(file, api(module));
        }

        assertThat(api(module))
                .as("the API of %s; if the change is meant, run this test with -D%s=true", module.name(), WRITE)
                .isEqualTo(Files.exists(file) ? Files.readAllLines(file) : List.of());
    }

    private static List<String> api(Reactor.Module module) {
        return PublicApi.of(module.classes(), RoomsTest.class.getClassLoader());
    }
}
