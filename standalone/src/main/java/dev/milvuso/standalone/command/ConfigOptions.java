package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes. */
public final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration; default: config/default.toml beside the launcher")
    private @Nullable Path file;

    @Option(names = "--set", paramLabel = "SECTION.KEY=VALUE", description = "wins over file and environment")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--json", description = "the result as one JSON document on standard output")
    private boolean json;

    /** @throws dev.milvuso.config.ConfigException if it cannot be used */
    Config load() {
        return load(List.of());
    }

    /** @param further settings that win over all else */
    Config load(List<String> further) {
        return load(Optional.empty(), further);
    }

    /** With shipped settings that win over the file, see {@link ConfigLoader}. */
    Config load(Optional<String> recipe) {
        return load(recipe, List.of());
    }

    /** @param further settings that win over all else */
    Config load(Optional<String> recipe, List<String> further) {
        List<String> all = new ArrayList<>(settings);
        all.addAll(further);
        Optional<Path> chosen = Optional.ofNullable(file).or(ConfigOptions::besideLauncher);
        return ConfigLoader.load(chosen, recipe, System.getenv(), all);
    }

    /** The keys that were set one by one. */
    List<String> keys() {
        return settings.stream()
                .map(setting -> setting.split("=", 2)[0].strip())
                .toList();
    }

    boolean json() {
        return json;
    }

    /** What was given of file and settings, for the command line of another process. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (file != null) {
            arguments.addAll(List.of("--config", file.toAbsolutePath().toString()));
        }
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments;
    }

    private static Optional<Path> besideLauncher() {
        return Optional.ofNullable(System.getProperty("milvuso.home"))
                .map(home -> Path.of(home, "config", "default.toml"))
                .filter(Files::exists);
    }
}
