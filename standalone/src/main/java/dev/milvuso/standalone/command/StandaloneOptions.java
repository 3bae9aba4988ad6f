package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that run everything in this process have in common. */
final class StandaloneOptions {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(names = "--port", paramLabel = "P", description = "of the REST interface, 0 takes a free one; server.port")
    private @Nullable Integer port;

    boolean json() {
        return config.json();
    }

    /** @param embedded settings of the embedded parts, which win */
    Config load(List<String> embedded) {
        List<String> settings = new ArrayList<>();
        if (port != null) {
            // What --port wins over must be right all the same.
            config.load();
            settings.add("server.port=" + port);
        }
        settings.addAll(embedded);
        return config.load(settings);
    }
}
