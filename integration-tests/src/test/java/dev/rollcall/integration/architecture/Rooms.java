package dev.rollcall.integration.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What may become too large within a module: packages, and classes that depend on each other in cycles. */
final class Rooms {
    private Rooms() {}

    /** {@return the packages with more top-level classes than {@code most}, with their number} */
    static Map<String, Long> crowded(Iterable<JavaClass> classes, int most) {
        Stream<JavaClass> each = StreamSupport.stream(classes.spliterator(), false);
        Map<String, Long> counts = each.filter(JavaClass::isTopLevelClass)
                .filter(found -> !found.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        counts.values().removeIf(count -> count <= most);
        return counts;
    }

    /** {@return the groups of more than {@code most} classes that depend on each other in cycles} */
    static List<Set<String>> knots(Iterable<JavaClass> classes, int most) {
        return Knots.among(classes).stream()
                .filter(group -> group.size() > most)
                .toList();
    }

    static boolean isInternal(String packageName) {
        return (packageName + ".").contains(".internal.");
    }
}
