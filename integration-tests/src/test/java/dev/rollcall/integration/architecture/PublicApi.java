package dev.rollcall.integration.architecture;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What users of a module can see, one line for each class and member, sorted: its API as text that can be compared. */
final class PublicApi {
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private PublicApi() {}

    /**
     * {@return the visible classes and members of the packages that are not internal}
     *
     * @param classes the folder of the compiled classes
     */
    static List<String> of(Path classes, ClassLoader loader) {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && file.indexOf('-') < 0)
                    .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
                    .sorted()
                    .flatMap(name -> of(name, classes, loader))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the lines of one class; none if users cannot see it} */
    static Stream<String> of(Class<?> type) {
        if (!isVisible(type) || Rooms.isInternal(type.getPackageName())) {
            return Stream.empty();
        }
        List<String> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field)) {
                members.add(modifiers(field) + name(field.getGenericType()) + " " + field.getName());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor)) {
                members.add(modifiers(constructor) + "new" + parameters(constructor));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isVisible(method) && !method.isBridge() && !OF_EVERY_OBJECT.contains(method.getName())) {
                members.add(modifiers(method) + variables(method.getTypeParameters())
                        + name(method.getGenericReturnType()) + " " + method.getName() + parameters(method));
            }
        }
        return Stream.concat(Stream.of(header(type)), members.stream().sorted().map(member -> "    " + member));
    }

    private static String header(Class<?> type) {
        int shown = type.getModifiers() & (Modifier.FINAL | Modifier.ABSTRACT);
        String kind = type.isAnnotation()
                ? "annotation"
                : type.isInterface()
                        ? "interface"
                        : type.isEnum() ? "enum" : type.isRecord() ? "record" : Modifier.toString(shown) + " class";
        StringBuilder text =
                new StringBuilder((type.isSealed() ? "sealed " : "") + kind.strip() + " " + type.getName());
        text.append(variables(type.getTypeParameters()).strip());
        Type parent = type.getGenericSuperclass();
        if (parent != null && !Set.of(Object.class, Enum.class, Record.class).contains(type.getSuperclass())) {
            text.append(" extends ").append(name(parent));
        }
        String interfaces =
                Arrays.stream(type.getGenericInterfaces()).map(PublicApi::name).collect(Collectors.joining(", "));
        return text.append(interfaces.isEmpty() ? "" : " implements " + interfaces)
                .toString();
    }

    private static String modifiers(Member member) {
        int shown = Modifier.STATIC | Modifier.PROTECTED;
        if (!member.getDeclaringClass().isInterface()) {
            shown |= Modifier.ABSTRACT;
        } else if (member instanceof Method method && method.isDefault()) {
            return "default ";
        }
        String words = Modifier.toString(member.getModifiers() & shown);
        return words.isEmpty() ? "" : words + " ";
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables).map(Object::toString).collect(Collectors.joining(", ", "<", "> "));
    }

    private static String parameters(Executable executable) {
        String types = Arrays.stream(executable.getGenericParameterTypes())
                .map(PublicApi::name)
                .collect(Collectors.joining(", ", "(", ")"));
        return executable.isVarArgs() ? types.replaceFirst("\\[\\]\\)$", "...)") : types;
    }

    private static String name(Type type) {
        return type.getTypeName().replaceAll("\\bjava\\.(lang|util)\\.(?=[A-Z])", "");
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> level = type;
        while (level != null) {
            if (!isVisible(level.getModifiers()) || level.isSynthetic() || level.isAnonymousClass()) {
                return false;
            }
            level = level.getDeclaringClass();
        }
        return true;
    }

    private static boolean isVisible(Member member) {
        return isVisible(member.getModifiers()) && !member.isSynthetic();
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Stream<String> of(String name, Path classes, ClassLoader loader) {
        try {
            return of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("cannot load " + name, e);
        } catch (NoClassDefFoundError libraryThatIsNotHere) {
            // Loaded only where an application has the library; it may not be seen, so that its members need not be
            // known.
            Path file = classes.resolve(name.replace('.', '/') + ".class");
            if (new ClassFileImporter()
                    .importPath(file)
                    .get(name)
                    .getModifiers()
                    .contains(JavaModifier.PUBLIC)) {
                throw libraryThatIsNotHere;
            }
            return Stream.empty();
        }
    }
}
