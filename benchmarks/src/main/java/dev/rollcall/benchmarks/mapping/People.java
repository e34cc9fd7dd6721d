package dev.rollcall.benchmarks.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of forty columns as an HR application gives them, some of them null or left out. Stateless, and thus thread-safe. */
final class People {
    private static final int COLUMNS = 40;
    private static final List<String> FIRST =
            List.of("Ada", "Grace", "Barbara", "Edsger", "Alan", "Katherine", "Donald");
    private static final List<String> LAST = List.of("Lovelace", "Hopper", "Liskov", "Dijkstra", "Turing", "Johnson");
    private static final List<String> CITIES = List.of("Wellington", "Auckland", "Dunedin", "Nelson");

    private People() {}

    static List<Map<String, @Nullable Object>> of(int count) {
        List<Map<String, @Nullable Object>> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(person(i));
        }
        return people;
    }

    private static Map<String, @Nullable Object> person(int i) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("id", Integer.toString(10_000 + i));
        columns.put("first_name", FIRST.get(i % FIRST.size()));
        columns.put("last_name", LAST.get(i % LAST.size()) + i);
        columns.put("email", "Person" + i + "@Example.test");
        columns.put("phone", "+64 4 555 " + (1000 + i));
        columns.put("title", i % 3 == 0 ? null : "Engineer " + i % 5);
        columns.put("department", i % 4 == 0 ? "R&D" : "Sales");
        columns.put("city", CITIES.get(i % CITIES.size()));
        columns.put("zip", Integer.toString(i % 9999));
        columns.put("contract", i % 5 == 0 ? "fixed" : "permanent");
        if (i % 2 == 0) {
            columns.put("nickname", "Nick" + i);
        }
        for (int other = columns.size(); other < COLUMNS; other++) {
            columns.put("column_" + other, "value " + other);
        }
        return columns;
    }
}
