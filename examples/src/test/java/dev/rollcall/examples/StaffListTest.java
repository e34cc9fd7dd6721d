package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector of one's own is found by its id and reads its file page by page. */
class StaffListTest {
    @TempDir
    Path folder;

    @Test
    void every_line_is_a_user() throws IOException {
        StringBuilder lines = new StringBuilder("id;last_name\n");
        for (int id = 1; id <= 1200; id++) {
            lines.append(id).append(";Name").append(id).append('\n');
        }
        Path file = Files.writeString(folder.resolve("staff.csv"), lines);
        Settings settings = Settings.builder().set("path", file.toString()).build();

        List<UserRecord> users = new ArrayList<>();
        int pages = 0;
        try (Connector connector = Connectors.discover(getClass().getClassLoader())
                        .open("staff-list", settings, ConnectorContext.defaults());
                PageIterator<UserRecord> read = connector.fetchUsers(UserQuery.all())) {
            while (read.hasNext()) {
                users.addAll(read.next().items());
                pages++;
            }
        }

        assertThat(pages).isEqualTo(3);
        assertThat(users).hasSize(1200);
        assertThat(users.get(1199).value("last_name")).isEqualTo(Value.of("Name1200"));
    }
}
