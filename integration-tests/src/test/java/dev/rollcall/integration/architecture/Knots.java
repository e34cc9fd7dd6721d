package dev.rollcall.integration.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Classes that depend on each other in cycles, nested classes counted as part of their outer class: the strongly connected
 * components of the dependency graph, by Tarjan's algorithm.
 */
final class Knots {
    private final Map<String, Set<String>> graph;
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final List<Set<String>> found = new ArrayList<>();

    private Knots(Map<String, Set<String>> graph) {
        this.graph = graph;
    }

    /** {@return the groups of two classes and more, the largest first} */
    static List<Set<String>> among(Iterable<JavaClass> classes) {
        Map<String, Set<String>> graph = new TreeMap<>();
        for (JavaClass each : classes) {
            Set<String> uses = graph.computeIfAbsent(outermost(each), name -> new TreeSet<>());
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                uses.add(outermost(dependency.getTargetClass().getBaseComponentType()));
            }
        }
        graph.forEach((name, uses) -> {
            uses.retainAll(graph.keySet());
            uses.remove(name);
        });
        Knots knots = new Knots(graph);
        for (String name : graph.keySet()) {
            if (!knots.order.containsKey(name)) {
                knots.visit(name);
            }
        }
        return knots.found.stream()
                .filter(group -> group.size() > 1)
                .sorted(Comparator.comparingInt(group -> -group.size()))
                .toList();
    }

    private void visit(String name) {
        int number = order.size();
        order.put(name, number);
        lowest.put(name, number);
        open.push(name);
        for (String used : graph.getOrDefault(name, Set.of())) {
            if (!order.containsKey(used)) {
                visit(used);
                lowest.merge(name, lowest.getOrDefault(used, number), Math::min);
            } else if (open.contains(used)) {
                lowest.merge(name, order.getOrDefault(used, number), Math::min);
            }
        }
        if (lowest.getOrDefault(name, number) == number) {
            Set<String> group = new TreeSet<>();
            while (group.add(open.peek()) && !open.pop().equals(name)) {
                // The group ends with the class that was visited first.
            }
            found.add(group);
        }
    }

    private static String outermost(JavaClass each) {
        String name = each.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
