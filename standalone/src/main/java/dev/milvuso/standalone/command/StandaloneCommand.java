package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.standalone.Standalone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs everything in this process, until it is told to stop. */
@Command(
        name = "standalone",
        description = "Runs everything on embedded Kafka, Flink, PostgreSQL, Redis and vector store.")
public final class StandaloneCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--data-dir", paramLabel = "DIR", description = "holds all data; default: ${DEFAULT-VALUE}")
    private Path directory = Path.of("data");

    @Option(names = "--port", paramLabel = "P", description = "of the REST interface, 0 takes a free one; server.port")
    private @Nullable Integer port;

    @Override
    public Integer call() throws InterruptedException {
        Standalone standalone = Standalone.start(directory, this::configuration);
        Runtime.getRuntime().addShutdownHook(new Thread(standalone::close, "stop"));
        System.out.println("ready " + standalone.url());
        System.out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private Config configuration(List<String> further) {
        List<String> settings = new ArrayList<>();
        if (port != null) {
            settings.add("server.port=" + port);
        }
        settings.addAll(further);
        return options.load(settings);
    }
}
