package dev.rollcall.integration.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The modules of this project, as their poms tell them. Immutable. */
record Reactor(Path root, List<Module> modules) {
    /** One dependency as a pom writes it. */
    record Dependency(String group, String artifact, String scope, boolean isOptional) {}

    /**
     * One module: its folder's own name, and what its pom says.
     *
     * @param name the last part of the folder, such as {@code connector-api}
     */
    record Module(
            String name, Path folder, String artifact, String packaging, boolean isPublished, List<Dependency> uses) {
        Path classes() {
            return folder.resolve("target/classes");
        }

        boolean hasMainSources() {
            return Files.isDirectory(folder.resolve("src/main/java"));
        }

        List<Path> sources() {
            if (!hasMainSources()) {
                return List.of();
            }
            try (var files = Files.walk(folder.resolve("src/main/java"))) {
                return files.filter(file -> file.toString().endsWith(".java"))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** {@return the reactor that this test runs in} */
    static Reactor here() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(root.resolve(".mvn/jvm.config"))) {
            root = root.getParent();
        }
        List<Module> modules = new ArrayList<>();
        for (Element module : children(pom(root), "modules", "module")) {
            modules.add(read(root.resolve(module.getTextContent().strip())));
        }
        return new Reactor(root, List.copyOf(modules));
    }

    List<Module> published() {
        return modules.stream().filter(Module::isPublished).toList();
    }

    Optional<Module> byArtifact(String artifact) {
        return modules.stream()
                .filter(module -> module.artifact().equals(artifact))
                .findFirst();
    }

    private static Module read(Path folder) {
        Element project = pom(folder);
        List<Dependency> uses = new ArrayList<>();
        for (Element dependency : children(project, "dependencies", "dependency")) {
            uses.add(new Dependency(
                    text(dependency, "groupId", ""),
                    text(dependency, "artifactId", ""),
                    text(dependency, "scope", "compile"),
                    text(dependency, "optional", "false").equals("true")));
        }
        boolean kept = children(project, "properties", "maven.deploy.skip").stream()
                .anyMatch(skip -> skip.getTextContent().strip().equals("true"));
        return new Module(
                String.valueOf(folder.getFileName()),
                folder,
                text(project, "artifactId", ""),
                text(project, "packaging", "jar"),
                !kept,
                List.copyOf(uses));
    }

    static Element pom(Path folder) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve("pom.xml").toFile());
            return document.getDocumentElement();
        } catch (Exception e) {
            throw new IllegalStateException("cannot read the pom of " + folder, e);
        }
    }

    static List<Element> children(Element parent, String list, String each) {
        return elements(parent, list).stream()
                .flatMap(found -> elements(found, each).stream())
                .toList();
    }

    static String text(Element parent, String name, String fallback) {
        return elements(parent, name).stream()
                .map(element -> element.getTextContent().strip())
                .findFirst()
                .orElse(fallback);
    }

    static List<Element> elements(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
