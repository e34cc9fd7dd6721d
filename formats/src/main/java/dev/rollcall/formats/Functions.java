package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.internal.functions.AsciiFunctions;
import dev.rollcall.formats.internal.functions.ChoiceFunctions;
import dev.rollcall.formats.internal.functions.CountryFunctions;
import dev.rollcall.formats.internal.functions.DateFunctions;
import dev.rollcall.formats.internal.functions.DirectoryFunctions;
import dev.rollcall.formats.internal.functions.EncodingFunctions;
import dev.rollcall.formats.internal.functions.ListFunctions;
import dev.rollcall.formats.internal.functions.LookupFunctions;
import dev.rollcall.formats.internal.functions.NumberFunctions;
import dev.rollcall.formats.internal.functions.PartFunctions;
import dev.rollcall.formats.internal.functions.PatternFunctions;
import dev.rollcall.formats.internal.functions.RandomFunctions;
import dev.rollcall.formats.internal.functions.SearchFunctions;
import dev.rollcall.formats.internal.functions.TextFunctions;
import dev.rollcall.formats.internal.functions.TimeFunctions;
import dev.rollcall.formats.internal.functions.VisitFunctions;
import dev.rollcall.formats.internal.functions.WordFunctions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions that a format may call. Immutable and thread-safe. */
public final class Functions {
    private static final Functions STANDARD = new Functions(standardFunctions());

    private final Map<String, FormatFunction> functions;

    private Functions(Map<String, FormatFunction> functions) {
        this.functions = Collections.unmodifiableMap(functions);
    }

    /** {@return the functions that come with the language, listed in {@code docs/functions.md}} */
    public static Functions standard() {
        return STANDARD;
    }

    /**
     * The standard functions and those that {@link ServiceLoader} finds.
     *
     * @throws IllegalArgumentException if two have one name, or a provider cannot be loaded
     */
    public static Functions discover(ClassLoader classLoader) {
        List<FormatFunction> found = new ArrayList<>();
        Iterator<FormatFunction> providers =
                ServiceLoader.load(FormatFunction.class, classLoader).iterator();
        while (providers.hasNext()) {
            try {
                found.add(providers.next());
            } catch (ServiceConfigurationError e) {
                throw new IllegalArgumentException("a format function cannot be loaded: " + e.getMessage(), e);
            }
        }
        return STANDARD.with(found.toArray(new FormatFunction[0]));
    }

    /**
     * These functions and more.
     *
     * @throws IllegalArgumentException if one has the name of another; the message names both classes
     */
    public Functions with(FormatFunction... more) {
        Map<String, FormatFunction> all = new TreeMap<>(functions);
        for (FormatFunction function : more) {
            add(all, function);
        }
        return new Functions(all);
    }

    /**
     * These functions, in which {@code lookup} knows these tables and no others.
     *
     * @param tables the rows of each table by its name
     */
    public Functions withTables(Map<String, Map<String, Value>> tables) {
        Map<String, FormatFunction> all = new TreeMap<>(functions);
        FormatFunction lookup = LookupFunctions.lookup(tables);
        all.put(lookup.declaration().name(), lookup);
        return new Functions(all);
    }

    /** {@return all functions, by name} */
    public Collection<FormatFunction> all() {
        return functions.values();
    }

    Set<String> names() {
        return functions.keySet();
    }

    @Nullable
    FormatFunction find(String name) {
        return functions.get(name);
    }

    private static void add(Map<String, FormatFunction> all, FormatFunction function) {
        String name = function.declaration().name();
        FormatFunction other = all.putIfAbsent(name, function);
        if (other != null) {
            throw new IllegalArgumentException("two functions are called '" + name + "': "
                    + other.getClass().getName() + " and " + function.getClass().getName());
        }
    }

    private static Map<String, FormatFunction> standardFunctions() {
        Map<String, FormatFunction> all = new TreeMap<>();
        List<List<FormatFunction>> groups = List.of(
                ChoiceFunctions.ALL,
                TextFunctions.ALL,
                PartFunctions.ALL,
                SearchFunctions.ALL,
                WordFunctions.ALL,
                PatternFunctions.ALL,
                AsciiFunctions.ALL,
                ListFunctions.ALL,
                VisitFunctions.ALL,
                DateFunctions.ALL,
                TimeFunctions.ALL,
                NumberFunctions.ALL,
                RandomFunctions.ALL,
                EncodingFunctions.ALL,
                DirectoryFunctions.ALL,
                CountryFunctions.ALL,
                LookupFunctions.ALL);
        groups.forEach(group -> group.forEach(function -> add(all, function)));
        return all;
    }

    @Override
    public String toString() {
        return "Functions" + functions.keySet();
    }
}
