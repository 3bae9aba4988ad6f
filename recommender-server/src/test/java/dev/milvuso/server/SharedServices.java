package dev.milvuso.server;

import dev.milvuso.embedded.EmbeddedServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Kafka, PostgreSQL and Redis, started once for all tests that are run. Whoever stops one starts it again. */
public final class SharedServices implements ParameterResolver {
    private record Running(Path directory, EmbeddedServices services) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            services.close();
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(EmbeddedServices.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, unused -> start(), Running.class)
                .services();
    }

    private static Running start() {
        try {
            Path directory = Files.createTempDirectory("milvuso-server-it");
            return new Running(directory, EmbeddedServices.start(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for the services", e);
        }
    }
}
