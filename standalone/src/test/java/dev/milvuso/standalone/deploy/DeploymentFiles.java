package dev.milvuso.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads what lies beside the modules, from the repository's root. */
final class DeploymentFiles {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private DeploymentFiles() {}

    static Map<String, Object> yaml(String file) {
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file));
        return table(tree);
    }

    static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** The sources of every module, tests left out. */
    static List<String> sources() {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<String> texts = new ArrayList<>();
            for (Path module : modules.toList()) {
                Path main = module.resolve("src/main/java");
                if (Files.isDirectory(main)) {
                    texts.addAll(javaFiles(main));
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> text(ROOT.relativize(file).toString()))
                    .toList();
        }
    }

    /** The first group of every match, in order. */
    static Set<String> all(String pattern, String text) {
        Set<String> found = new LinkedHashSet<>();
        Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(found::add);
        return found;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> table(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value, "there is no such table");
    }

    @SuppressWarnings("unchecked")
    static List<String> texts(@Nullable Object value) {
        return (List<String>) Objects.requireNonNull(value, "there is no such list");
    }
}
