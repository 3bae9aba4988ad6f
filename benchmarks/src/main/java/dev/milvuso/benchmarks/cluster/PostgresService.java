package dev.milvuso.benchmarks.cluster;

import dev.milvuso.embedded.EmbeddedPostgres;
import dev.milvuso.embedded.EmbeddedServices;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL, child of this process with children of its own. */
final class PostgresService implements Service {
    private static final String PROGRAM = "bin/postgres";

    private final EmbeddedPostgres postgres;

    PostgresService(Path directory) {
        postgres = new EmbeddedPostgres(EmbeddedServices.binaries(), directory, 0);
        postgres.start();
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public int port() {
        return Integer.parseInt(postgres.url().replaceAll(".*:(\\d+)/.*", "$1"));
    }

    String user() {
        return postgres.user();
    }

    String password() {
        return postgres.password();
    }

    @Override
    public void kill() throws IOException, InterruptedException {
        Signal.sendToChildren("KILL", PROGRAM);
        postgres.close();
    }

    @Override
    public void restart() {
        postgres.start();
    }

    @Override
    public void freeze() throws IOException, InterruptedException {
        Signal.sendToChildren("STOP", PROGRAM);
    }

    @Override
    public void thaw() throws IOException, InterruptedException {
        Signal.sendToChildren("CONT", PROGRAM);
    }

    @Override
    public void close() {
        postgres.close();
    }
}
