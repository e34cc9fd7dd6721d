package dev.rollcall.integration.architecture;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which module may know which: every arrow points down. A module knows what it names here, and what those know. A new
 * module gets its line here first; without one the build fails.
 */
final class Floors {
    private static final Map<String, Set<String>> KNOWS = Map.ofEntries(
            Map.entry("connector-api", Set.of()),
            Map.entry("formats", Set.of("connector-api")),
            Map.entry("connector-generic-rest", Set.of("formats")),
            Map.entry("ldap-mapping", Set.of("formats")),
            Map.entry("functions-phone", Set.of("formats")),
            Map.entry("functions-transliterate", Set.of("formats")),
            Map.entry("connector-scim", Set.of("connector-generic-rest")),
            Map.entry("connector-pipedrive", Set.of("connector-generic-rest")),
            Map.entry("connector-elmo", Set.of("connector-generic-rest")),
            Map.entry("connector-apollo", Set.of("connector-generic-rest", "connector-scim")),
            Map.entry("provisioning-core", Set.of("ldap-mapping", "connector-api")),
            Map.entry("automation", Set.of("provisioning-core")),
            Map.entry("micrometer", Set.of("provisioning-core")),
            Map.entry("state-jdbc", Set.of("automation", "provisioning-core")),
            Map.entry("configuration", Set.of("automation", "provisioning-core", "connector-generic-rest")),
            Map.entry("mapping-testkit", Set.of("ldap-mapping")),
            Map.entry("connector-testkit", Set.of("connector-api")),
            Map.entry("provisioning-testkit", Set.of("provisioning-core")),
            Map.entry("bom", Set.of()));

    /** Modules that are not published and on which nothing depends: they may know every other. */
    static final Set<String> ROOF = Set.of("integration-tests", "benchmarks", "examples", "connector-template");

    private Floors() {}

    static boolean hasPlaceFor(String module) {
        return ROOF.contains(module) || KNOWS.containsKey(module);
    }

    /** {@return every module that {@code module} may know, directly or through another} */
    static Set<String> below(String module) {
        Set<String> below = new TreeSet<>();
        if (ROOF.contains(module)) {
            below.addAll(KNOWS.keySet());
        } else {
            for (String known : KNOWS.getOrDefault(module, Set.of())) {
                below.add(known);
                below.addAll(below(known));
            }
        }
        return below;
    }

    /**
     * {@return what a module may use in tests alone: a testkit whose own subjects it does not depend on from below}
     */
    static boolean mayTestWith(String module, String testkit) {
        return testkit.endsWith("-testkit") && !below(testkit).contains(module);
    }

    /** {@return a module on a floor for every one that is here, for a check that nothing points up or in circles} */
    static Map<String, Integer> numbered() {
        Map<String, Integer> floors = new TreeMap<>();
        KNOWS.keySet().forEach(module -> floors.put(module, floor(module, 0)));
        return floors;
    }

    private static int floor(String module, int depth) {
        if (depth > KNOWS.size()) {
            throw new IllegalStateException("the arrows from " + module + " go in circles");
        }
        return KNOWS.getOrDefault(module, Set.of()).stream()
                .mapToInt(known -> 1 + floor(known, depth + 1))
                .max()
                .orElse(0);
    }
}
