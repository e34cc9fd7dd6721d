package dev.rollcall.integration.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules that compiled classes of the published modules keep. */
final class ArchitectureRules {
    /** Libraries that we use and do not show: they can be replaced without breaking anybody. */
    private static final DescribedPredicate<JavaClass> HIDDEN = resideInAnyPackage(
            "com.fasterxml..", "tools.jackson..", "com.github.scribejava..", "io.github.resilience4j..");

    private ArchitectureRules() {}

    /** What no published class does. */
    static Stream<ArchRule> everywhere() {
        return Stream.of(
                NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because("SLF4J is what hosts can route"),
                NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.because("a host tells failures apart by class and kind"),
                clockIsLent(),
                hiddenLibrariesStayHidden(),
                packagesAreNullMarked(),
                internalsStayInside(),
                noPackageCycles());
    }

    /** What no class does that runs inside a host; a testkit runs inside a test and may watch what is printed. */
    static Stream<ArchRule> insideAHost() {
        return Stream.of(
                NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because("a library throws, returns or logs"),
                noStackTracesPrinted(),
                processIsTheHosts());
    }

    static ArchRule noStackTracesPrinted() {
        return noClasses()
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(
                        "print a stack trace", call -> call.getName().equals("printStackTrace")))
                .because("a host decides what is printed");
    }

    static ArchRule processIsTheHosts() {
        Set<String> calls = Set.of(
                "java.lang.System.exit",
                "java.lang.System.getenv",
                "java.lang.System.setProperty",
                "java.lang.System.setOut",
                "java.lang.System.setErr",
                "java.lang.Runtime.exit",
                "java.lang.Runtime.halt",
                "java.lang.Runtime.addShutdownHook");
        return noClasses()
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(
                        "exit, read the environment or change the process",
                        call -> calls.contains(call.getTargetOwner().getName() + "." + call.getName())))
                .because("an embedded library does not own the process");
    }

    static ArchRule clockIsLent() {
        return noClasses()
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(
                        "ask the time without a clock",
                        call -> call.getTarget().getOwner().getPackageName().equals("java.time")
                                && call.getName().equals("now")
                                && call.getTarget().getRawParameterTypes().isEmpty()))
                .because("a plan depends on the clock it is given and on no other");
    }

    static ArchRule hiddenLibrariesStayHidden() {
        return classes().that(areVisible()).should(new ArchCondition<>("not show Jackson, scribejava or resilience4j") {
            @Override
            public void check(JavaClass shown, ConditionEvents events) {
                Stream<JavaClass> parents =
                        Stream.concat(shown.getRawSuperclass().stream(), shown.getRawInterfaces().stream());
                Stream<JavaClass> members = shown.getMembers().stream()
                        .filter(member -> isVisible(member.getModifiers()))
                        .flatMap(ArchitectureRules::namedBy);
                Stream.concat(parents, members)
                        .filter(HIDDEN)
                        .distinct()
                        .forEach(hidden -> events.add(
                                SimpleConditionEvent.violated(shown, shown.getName() + " shows " + hidden.getName())));
            }
        });
    }

    static ArchRule packagesAreNullMarked() {
        return classes().should(new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            item, "package " + item.getPackageName() + " is not @NullMarked"));
                }
            }
        });
    }

    static ArchRule noPackageCycles() {
        return slices().matching("dev.rollcall.(**)").should().beFreeOfCycles();
    }

    /** What lies under {@code internal} is for the module's own packages. */
    static ArchRule internalsStayInside() {
        return classes().should(new ArchCondition<>("name nothing internal of another module") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                    String target =
                            dependency.getTargetClass().getBaseComponentType().getPackageName();
                    Optional<String> owner = ownerOfInternals(target);
                    if (owner.isPresent() && !(item.getPackageName() + ".").startsWith(owner.get() + ".")) {
                        events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                    }
                }
            }
        });
    }

    private static Optional<String> ownerOfInternals(String packageName) {
        int internal = (packageName + ".").indexOf(".internal.");
        return packageName.startsWith("dev.rollcall.") && internal >= 0
                ? Optional.of(packageName.substring(0, internal))
                : Optional.empty();
    }

    /**
     * @param moduleOf the module a class is in, if it is one of ours
     */
    static ArchRule arrowsPointDown(
            Function<JavaClass, Optional<String>> moduleOf, Function<String, Set<String>> below) {
        return classes().should(new ArchCondition<>("name classes of their own module and of those below it only") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                String home = moduleOf.apply(item).orElseThrow();
                for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                    Optional<String> target =
                            moduleOf.apply(dependency.getTargetClass().getBaseComponentType());
                    if (target.isPresent()
                            && !target.get().equals(home)
                            && !below.apply(home).contains(target.get())) {
                        events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                    }
                }
            }
        });
    }

    /** What the modules of the lowest floors may use beside our own. */
    static ArchRule onlyJdkAndJspecify() {
        return classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.rollcall.."))
                .because("an author of connectors or formats takes in no library");
    }

    static ArchRule nameNoHttp() {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net.http..", "com.sun.net.httpserver.."))
                .because("HTTP is the connectors' business");
    }

    static ArchRule nameNoLdap() {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.unboundid..", "javax.naming.."))
                .because("a connector never sees the directory");
    }

    /** A vendor module shows its provider and its connector with a builder; the rest can move. */
    static ArchRule vendorsShowOnlyTheirDoor() {
        return classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .beAssignableTo(assignableTo(ConnectorProvider.class).or(assignableTo(Connector.class)));
    }

    private static DescribedPredicate<JavaClass> areVisible() {
        return DescribedPredicate.describe("are visible to users", candidate -> {
            if (ownerOfInternals(candidate.getPackageName()).isPresent()) {
                return false;
            }
            Optional<JavaClass> level = Optional.of(candidate);
            while (level.isPresent()) {
                if (!isVisible(level.get().getModifiers())) {
                    return false;
                }
                level = level.get().getEnclosingClass();
            }
            return true;
        });
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> namedBy(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes().stream();
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        unit.getReturnType().getAllInvolvedRawTypes().stream(),
                        unit.getParameterTypes().stream()
                                .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream()),
                        unit.getExceptionTypes().stream())
                .flatMap(Function.identity());
    }

    /** {@return which package is in which modules, for those in more than one} */
    static Map<String, Set<String>> splitPackages(Map<String, Set<String>> packagesByModule) {
        return packagesByModule.entrySet().stream()
                .flatMap(module -> module.getValue().stream().map(name -> Map.entry(name, module.getKey())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().size() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
