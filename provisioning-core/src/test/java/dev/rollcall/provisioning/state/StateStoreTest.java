package dev.rollcall.provisioning.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.provisioning.state.StateStore.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateStoreTest {
    interface Contract {
        StateStore store();

        @Test
        default void nothing_is_remembered_at_first() {
            assertThat(store().normalizations("crm")).isEmpty();
        }

        @Test
        default void what_is_learnt_of_an_attribute_takes_the_place_of_what_was_known() {
            store().remember("crm", List.of(of("1", "mail", "a"), of("2", "mail", "b")));
            store().remember("crm", List.of(of("1", "Mail", "c")));

            assertThat(store().normalizations("crm"))
                    .containsExactlyInAnyOrder(of("1", "Mail", "c"), of("2", "mail", "b"));
        }

        @Test
        default void targets_are_kept_apart() {
            store().remember("crm", List.of(of("1", "mail", "a")));
            store().remember("erp", List.of(of("1", "mail", "b")));

            assertThat(store().normalizations("crm")).containsExactly(of("1", "mail", "a"));
            assertThat(store().normalizations("erp")).containsExactly(of("1", "mail", "b"));
        }
    }

    private static Normalization of(String id, String attribute, String wanted) {
        return new Normalization(id, attribute, wanted, "stored");
    }

    @Nested
    class In_memory implements Contract {
        private final StateStore store = StateStore.memory();

        @Override
        public StateStore store() {
            return store;
        }
    }

    @Nested
    class In_a_file implements Contract {
        @TempDir
        Path folder;

        private Path file;

        @BeforeEach
        void name() {
            file = folder.resolve("state.json");
        }

        /** Another one each time, as another program has it. */
        @Override
        public StateStore store() {
            return StateStore.file(file);
        }

        @Test
        void it_is_read_and_written_although_the_run_was_cancelled_by_an_interrupt() {
            store().remember("crm", List.of(of("1", "mail", "a")));

            Thread.currentThread().interrupt();
            store().remember("crm", List.of(of("2", "mail", "b")));

            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(store().normalizations("crm")).contains(of("2", "mail", "b"));
        }

        @Test
        void only_its_owner_reads_it() throws IOException {
            store().remember("crm", List.of(of("1", "mail", "a")));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        @Test
        void there_is_none_as_long_as_there_is_nothing_to_remember() {
            store().remember("crm", List.of());

            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void several_at_once_lose_nothing_of_one_another() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<?>> writers = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    String id = Integer.toString(i);
                    writers.add(threads.submit(() -> store().remember("crm", List.of(of(id, "mail", "a")))));
                }
                for (Future<?> writer : writers) {
                    writer.get();
                }
            } finally {
                threads.shutdownNow();
            }

            assertThat(store().normalizations("crm")).hasSize(40);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "{\"version\": 1}",
                    "{\"version\": 1, \"normalized\": [{\"target\": \"crm\"}]}",
                    "{\"version\": 1, \"normalized\": [",
                    "{\"version\": 1, \"normalized\": [], \"more\": 1}",
                    "\u0000\u0000\u0000"
                })
        void one_that_is_damaged_is_told_and_left_as_it_is(String content) throws IOException {
            Files.writeString(file, content);

            assertThatThrownBy(() -> store().normalizations("crm"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("state.file: " + file + " is damaged");
            assertThatThrownBy(() -> store().remember("crm", List.of(of("1", "mail", "a"))))
                    .isInstanceOf(ConfigurationException.class);
            assertThat(file).hasContent(content);
        }

        @Test
        void a_file_of_the_version_before_is_read() throws IOException {
            Files.writeString(file, "{\"version\": 1, \"normalized\": []}");

            assertThat(store().accounts("crm")).isEmpty();
            store().remember("crm", new StateStore.Accounts(30, false));
            assertThat(store().accounts("crm")).hasValue(new StateStore.Accounts(30, false));
            assertThat(store().accounts("erp")).isEmpty();
        }

        @Test
        void one_of_a_later_version_is_told() throws IOException {
            Files.writeString(file, "{\"version\": 3, \"retired\": []}");

            assertThatThrownBy(() -> store().normalizations("crm")).hasMessageContaining("is of version 3");
        }
    }
}
