package dev.rollcall.integration.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.integration.architecture.Reactor.Module;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The bill of materials names what is published, in the version that is published, and nothing else. */
class BomTest {
    private static final Reactor REACTOR = Reactor.here();
    private static final Element ROOT = Reactor.pom(REACTOR.root());
    private static final Element BOM = Reactor.pom(REACTOR.root().resolve("bom"));

    @Test
    void lists_every_published_module() {
        List<String> published = REACTOR.published().stream()
                .filter(module -> !module.packaging().equals("pom"))
                .map(Module::artifact)
                .toList();

        assertThat(managed()).extracting(one -> text(one, "artifactId")).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void gives_them_the_version_of_the_parent() {
        assertThat(text(BOM, "version")).isEqualTo(text(ROOT, "version"));
        assertThat(managed()).extracting(one -> text(one, "version")).containsOnly(text(ROOT, "version"));
        assertThat(managed()).extracting(one -> text(one, "groupId")).containsOnly(text(ROOT, "groupId"));
    }

    @Test
    void imports_nothing_and_has_no_parent() {
        assertThat(managed()).extracting(one -> text(one, "scope")).containsOnly("");
        assertThat(Reactor.children(BOM, "parent", "artifactId")).isEmpty();
    }

    @Test
    void repeats_the_licence() {
        assertThat(licences(BOM)).isEqualTo(licences(ROOT)).isNotEmpty();
    }

    @Test
    void the_parent_manages_the_same_modules() {
        List<String> inParent = Reactor.children(ROOT, "dependencyManagement", "dependencies").stream()
                .flatMap(list -> Reactor.elements(list, "dependency").stream())
                .filter(one -> text(one, "groupId").equals("dev.rollcall"))
                .map(one -> text(one, "artifactId"))
                .toList();

        assertThat(inParent)
                .containsAll(
                        managed().stream().map(one -> text(one, "artifactId")).toList());
    }

    private static List<Element> managed() {
        return Reactor.children(BOM, "dependencyManagement", "dependencies").stream()
                .flatMap(list -> Reactor.elements(list, "dependency").stream())
                .toList();
    }

    private static List<String> licences(Element pom) {
        return Reactor.children(pom, "licenses", "license").stream()
                .map(licence -> text(licence, "name") + " " + text(licence, "url"))
                .toList();
    }

    private static String text(Element parent, String name) {
        return Reactor.text(parent, name, "");
    }
}
