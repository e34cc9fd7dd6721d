package dev.rollcall.integration.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The public types of source files that users see, those under {@code internal} left out, with their comments, as the JDK's own parser sees them. */
final class PublicTypes {
    private static final Set<String> THREAD_SENTENCES = Set.of(
            "Immutable and thread-safe",
            "Thread-safe",
            "Not thread-safe: for one thread at a time",
            "Implementations are thread-safe");

    /**
     * One public type.
     *
     * @param comment its documentation comment, white space folded; empty if there is none
     */
    record Found(String name, Tree.Kind kind, boolean isNested, boolean isException, String comment) {
        /** Nested types share their outer's sentence; enums are constants; an exception goes with its thread. */
        boolean owesAThreadSentence() {
            return !isNested
                    && !isException
                    && (kind == Tree.Kind.CLASS || kind == Tree.Kind.INTERFACE || kind == Tree.Kind.RECORD);
        }

        boolean saysHowItStandsToThreads() {
            return THREAD_SENTENCES.stream().anyMatch(comment::contains);
        }
    }

    private PublicTypes() {}

    static List<Found> in(Collection<Path> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Found> found = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    problem -> {},
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(
                            sources.stream().filter(PublicTypes::isShown).toList()));
            DocTrees comments = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(comments, found).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static boolean isShown(Path source) {
        for (Path folder : source) {
            if (folder.toString().equals("internal")) {
                return false;
            }
        }
        return true;
    }

    private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final DocTrees comments;
        private final List<Found> found;
        private int depth;

        Scanner(DocTrees comments, List<Found> found) {
            this.comments = comments;
            this.found = found;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (!type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                return null;
            }
            String comment = Objects.requireNonNullElse(comments.getDocComment(getCurrentPath()), "");
            String parent = String.valueOf(type.getExtendsClause());
            found.add(new Found(
                    type.getSimpleName().toString(),
                    type.getKind(),
                    depth > 0,
                    parent.endsWith("Exception"),
                    comment.strip().replaceAll("\\s+", " ")));
            depth++;
            super.visitClass(type, null);
            depth--;
            return null;
        }
    }
}
