package dev.milvuso.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL, child of this process, with a persistent directory, and in it a role and a database {@code milvuso}.
 * Listens on loopback only and asks for a password, since other users of the machine reach loopback too.
 */
public final class EmbeddedPostgres implements EmbeddedServer {
    private static final String VERSION = "18.6.0";
    private static final String NAME = "milvuso";

    private final Path binaries;
    private final Path directory;
    private final Path data;
    private final int port;
    private String password = "";
    private volatile @Nullable ChildProcess process;

    /**
     * @param binaries where PostgreSQL is unpacked to, once for all
     * @param directory is made and initialised if it is not there
     * @param port 0 takes a free one
     */
    public EmbeddedPostgres(Path binaries, Path directory, int port) {
        this.binaries = binaries;
        this.directory = directory.toAbsolutePath().normalize();
        this.data = this.directory.resolve("data");
        this.port = FreePorts.orFree(port);
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public boolean hasDied() {
        ChildProcess running = process;
        return running != null && !running.isAlive();
    }

    /** @throws IllegalStateException if its port is in use or it does not answer within 30 s */
    @Override
    public synchronized void start() {
        FreePorts.await("PostgreSQL", port);
        try {
            Platform platform = Platform.current();
            Path home = Binaries.archive(
                    binaries,
                    "postgresql-" + VERSION,
                    "postgres-" + platform.system() + (platform.isArm() ? "-arm_64" : "-x86_64") + ".txz");
            Unprivileged identity = Unprivileged.current();
            Files.createDirectories(directory);
            identity.own(directory);
            password = password(identity);
            if (!Files.isDirectory(data)) {
                initialise(home, identity);
            }
            serve(home, identity);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's directory " + directory + " cannot be used", e);
        }
    }

    public String url() {
        return url(NAME);
    }

    public String user() {
        return NAME;
    }

    /** Known after the start. */
    public String password() {
        return password;
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private String password(Unprivileged identity) throws IOException {
        Path file = directory.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Path growing = directory.resolve("password.new");
            Files.deleteIfExists(growing);
            Files.createFile(
                    growing, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(growing, Base64.getUrlEncoder().encodeToString(random));
            identity.own(growing);
            Files.move(growing, file);
        }
        return Files.readString(file);
    }

    /** Under another name first: an initialisation that was cut short is not taken for a database. */
    private void initialise(Path home, Unprivileged identity) throws IOException {
        Path growing = directory.resolve("data.new");
        Binaries.delete(growing);
        Files.createDirectory(
                growing, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        identity.own(growing);
        Path log = directory.resolve("initdb.log");
        Files.deleteIfExists(log);
        ChildProcess initdb = ChildProcess.start(
                "TERM",
                "KILL",
                log,
                identity.command(List.of(
                        home.resolve("bin/initdb").toString(),
                        "--pgdata=" + growing,
                        "--username=postgres",
                        "--auth=scram-sha-256",
                        "--pwfile=" + directory.resolve("password"),
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-instructions")));
        if (initdb.await() != 0) {
            throw new IllegalStateException("PostgreSQL's initdb failed: "
                    + Files.readString(log).strip().replace('\n', ' '));
        }
        Files.move(growing, data);
    }

    private void serve(Path home, Unprivileged identity) {
        Patience patience = new Patience(Duration.ofSeconds(30));
        ChildProcess started = launch(home, identity);
        process = started;
        while (!(started.isAlive() && isReady())) {
            patience.pauseOrGiveUp("PostgreSQL on port " + port + " did not start: " + started.lastWords());
            if (!started.isAlive()) {
                // It refuses while the one of a process that was killed a moment ago has not ended.
                started = launch(home, identity);
                process = started;
            }
        }
    }

    private ChildProcess launch(Path home, Unprivileged identity) {
        // INT is PostgreSQL's fast shutdown, QUIT the immediate one, which the next start recovers from.
        return ChildProcess.start(
                "INT",
                "QUIT",
                directory.resolve("postgres.log"),
                identity.command(List.of(
                        home.resolve("bin/postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "dynamic_shared_memory_type=mmap",
                        "-c",
                        "shared_buffers=64MB",
                        "-c",
                        "max_wal_size=256MB",
                        "-c",
                        "max_connections=100",
                        "-c",
                        "logging_collector=off")));
    }

    /** Whether the server that answers is ours, with role and database in it. */
    private boolean isReady() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", password);
                Statement statement = connection.createStatement()) {
            if (!data.toString().equals(text(statement, "show data_directory"))) {
                return false;
            }
            if (text(statement, "select 1 from pg_roles where rolname = '" + NAME + "'")
                    .isEmpty()) {
                // The password is of letters, digits, - and _ only, see password().
                statement.execute("create role " + NAME + " login password '" + password + "'");
            }
            if (text(statement, "select 1 from pg_database where datname = '" + NAME + "'")
                    .isEmpty()) {
                statement.execute("create database " + NAME + " owner " + NAME);
            }
            return true;
        } catch (SQLException e) {
            return false; // not listening yet, or still recovering; the reason stands in its log
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    @Override
    public synchronized void close() {
        ChildProcess running = process;
        process = null;
        if (running != null) {
            running.close();
        }
    }
}
