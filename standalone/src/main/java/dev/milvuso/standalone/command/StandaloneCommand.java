package dev.milvuso.standalone.command;

import dev.milvuso.standalone.Standalone;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs everything in this process, until it is told to stop. */
@Command(
        name = "standalone",
        description = "Runs everything on embedded Kafka, Flink, PostgreSQL, Redis and vector store.")
public final class StandaloneCommand implements Callable<Integer> {
    @Mixin
    private StandaloneOptions options = new StandaloneOptions();

    @Option(names = "--data-dir", paramLabel = "DIR", description = "holds all data; default: ${DEFAULT-VALUE}")
    private Path directory = Path.of("data");

    @Override
    public Integer call() throws InterruptedException {
        Standalone standalone = Standalone.start(directory, options::load);
        Runtime.getRuntime().addShutdownHook(new Thread(standalone::close, "stop"));
        System.out.println("ready " + standalone.url());
        System.out.flush();
        new CountDownLatch(1).await();
        return 0;
    }
}
