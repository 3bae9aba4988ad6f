package dev.milvuso.trainer.online;

import dev.milvuso.embedded.EmbeddedKafka;
import dev.milvuso.embedded.EmbeddedPostgres;
import dev.milvuso.embedded.EmbeddedServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands Kafka and PostgreSQL to tests; they start once for all classes and stop at the end. */
final class Servers implements ParameterResolver {
    /** Where the servers are. */
    record Running(Path directory, EmbeddedKafka kafka, EmbeddedPostgres postgres) implements AutoCloseable {
        static Running start() {
            try {
                Path directory = Files.createTempDirectory("trainer");
                Running running = new Running(
                        directory,
                        new EmbeddedKafka(directory.resolve("kafka"), 0),
                        new EmbeddedPostgres(EmbeddedServices.binaries(), directory.resolve("postgres"), 0));
                CompletableFuture.allOf(
                                CompletableFuture.runAsync(running.kafka()::start),
                                CompletableFuture.runAsync(running.postgres()::start))
                        .join();
                return running;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The settings that lead a configuration here. */
        List<String> settings() {
            return List.of(
                    "kafka.brokers=" + kafka.bootstrap(),
                    "postgres.url=" + postgres.url(),
                    "postgres.user=" + postgres.user(),
                    "postgres.password=" + postgres.password());
        }

        @Override
        public void close() throws IOException {
            kafka.close();
            postgres.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }
}
