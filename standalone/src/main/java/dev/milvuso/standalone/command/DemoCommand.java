package dev.milvuso.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.config.ConfigException;
import dev.milvuso.standalone.Standalone;
import dev.milvuso.standalone.demo.Demo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything in this process, with films and visitors in it. */
@Command(
        name = "demo",
        description = "Runs standalone with made-up films and visitors, and shows how the lists get better.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);
    private static final double MOST_VISITS = 10_000;
    private static final Duration UNTIL_STOPPED = Duration.ofDays(3650);

    @Mixin
    private StandaloneOptions options = new StandaloneOptions();

    @Option(names = "--data-dir", paramLabel = "DIR", description = "keeps all data; default: a temporary directory")
    private @Nullable Path directory;

    @Option(
            names = "--visits",
            paramLabel = "N",
            defaultValue = "100",
            description = "visits a second; default: ${DEFAULT-VALUE}")
    private double visits;

    @Option(names = "--seconds", paramLabel = "S", description = "stop after so long; default: when told to")
    private @Nullable Integer seconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        PrintStream lines = options.json() ? System.err : System.out;
        Path data = directory == null ? Files.createTempDirectory("milvuso-demo") : directory;
        Standalone standalone = started(data);
        Demo demo = new Demo(standalone.url(), visits, lines);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo, standalone, data), "stop"));
        lines.println("ready " + standalone.url());
        lines.printf("try %1$s/recommendations/visitor-1 and %1$s/popular; Ctrl-C stops%n", standalone.url());
        lines.flush();
        Demo.Summary summary = demo.run(seconds == null ? UNTIL_STOPPED : Duration.ofSeconds(seconds));
        if (options.json()) {
            System.out.println(new ObjectMapper().writeValueAsString(summary));
        }
        return 0;
    }

    private Standalone started(Path data) {
        try {
            return Standalone.start(data, options::load);
        } catch (RuntimeException e) {
            deleteTemporary(data);
            throw e;
        }
    }

    private void check() {
        if (!(visits > 0 && visits <= MOST_VISITS)) {
            throw new ConfigException("--visits is " + visits + ": must be above 0, up to " + MOST_VISITS);
        }
        if (seconds != null && seconds < 1) {
            throw new ConfigException("--seconds is " + seconds + ": must be 1 or more");
        }
    }

    private void stop(Demo demo, Standalone standalone, Path data) {
        demo.close();
        standalone.close();
        deleteTemporary(data);
    }

    private void deleteTemporary(Path data) {
        if (directory == null) {
            delete(data);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be deleted: {}", directory, e.getMessage());
        }
    }
}
