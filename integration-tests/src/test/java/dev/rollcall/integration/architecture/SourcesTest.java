package dev.rollcall.integration.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can only be seen in the sources: every public type says what it is, and how it stands to threads. */
class SourcesTest {
    private static final List<Path> SOURCES = Reactor.here().published().stream()
            .flatMap(module -> module.sources().stream())
            .toList();

    @Test
    void every_public_type_has_a_comment() {
        List<PublicTypes.Found> types = PublicTypes.in(SOURCES);

        assertThat(types).hasSizeGreaterThan(30);
        assertThat(types).filteredOn(type -> type.comment().isBlank()).isEmpty();
    }

    @Test
    void every_public_class_says_how_it_stands_to_threads() {
        assertThat(PublicTypes.in(SOURCES))
                .filteredOn(PublicTypes.Found::owesAThreadSentence)
                .filteredOn(type -> !type.saysHowItStandsToThreads())
                .extracting(PublicTypes.Found::name)
                .isEmpty();
    }
}
