package dev.rollcall.integration.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.integration.architecture.Reactor.Dependency;
import dev.rollcall.integration.architecture.Reactor.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The poms of the reactor keep the rules of the house. */
class PomsTest {
    private static final Reactor REACTOR = Reactor.here();

    static List<Module> modules() {
        return REACTOR.modules();
    }

    @Test
    void floors_have_no_circle() {
        assertThat(Floors.numbered()).containsEntry("connector-api", 0).containsEntry("provisioning-core", 3);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void a_module_has_its_place(Module module) {
        assertThat(Floors.hasPlaceFor(module.name()))
                .as("%s has a line in Floors", module.name())
                .isTrue();
        assertThat(module.artifact()).isEqualTo("rollcall-" + module.name());
        assertThat(module.isPublished()).isEqualTo(!Floors.ROOF.contains(module.name()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void a_pom_names_only_modules_below_its_own(Module module) {
        for (Dependency use : module.uses()) {
            REACTOR.byArtifact(use.artifact()).map(Module::name).ifPresent(used -> {
                boolean down = Floors.below(module.name()).contains(used);
                boolean test = use.scope().equals("test") && Floors.mayTestWith(module.name(), used);
                assertThat(down || test)
                        .as("%s may use %s", module.name(), used)
                        .isTrue();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void nothing_is_optional(Module module) {
        assertThat(module.uses()).noneMatch(Dependency::isOptional);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void no_pom_names_a_repository(Module module) throws IOException {
        assertThat(Files.readString(module.folder().resolve("pom.xml")))
                .doesNotContain("<repository>", "<pluginRepository>", "<systemPath>");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void what_is_not_published_is_not_depended_on(Module module) {
        Set<String> published =
                Set.copyOf(REACTOR.published().stream().map(Module::artifact).toList());
        assertThat(module.uses())
                .filteredOn(use -> use.group().equals("dev.rollcall"))
                .extracting(Dependency::artifact)
                .isSubsetOf(published);
    }

    @Test
    void this_module_names_every_published_one_so_that_it_is_built_last() {
        Module here = REACTOR.byArtifact("rollcall-integration-tests").orElseThrow();
        List<String> published = REACTOR.published().stream()
                .filter(Module::hasMainSources)
                .map(Module::artifact)
                .toList();

        assertThat(here.uses())
                .as("the dependencies of integration-tests/pom.xml")
                .extracting(Dependency::artifact)
                .containsAll(published);
    }
}
