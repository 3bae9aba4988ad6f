package dev.milvuso.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who runs, as whom, listening where, and until when. */
class ProcessesIT {
    private static final Duration AT_ONCE = Duration.ofMillis(10);

    private static void assertAllEnd(List<ProcessHandle> family) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(family).filteredOn(ProcessesIT::runs).isEmpty());
    }

    /** One that has ended and that the system's first process has not taken notice of yet does not run. */
    private static boolean runs(ProcessHandle process) {
        try {
            return process.isAlive() && !status(process, "State").startsWith("Z");
        } catch (IOException e) {
            return process.isAlive();
        }
    }

    private static String status(ProcessHandle process, String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aKilledParentTakesItsChildrenAlongAndTheNextStartFindsItsData(@TempDir Path directory) throws Exception {
        Parent parent = Parent.start(directory);
        Parent.Ready ready = parent.awaitReady();
        try (Connection connection = DriverManager.getConnection(ready.postgres(), "milvuso", ready.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept as select 42 as answer");
            // A session that is at work does not keep the server alive.
            Thread busy = new Thread(() -> runUntilKilled(statement));
            busy.start();
            assertThatThrownBy(() -> DataDirectoryLock.take(directory))
                    .hasMessageContaining(
                            "is in use by process " + parent.process().pid());

            List<ProcessHandle> family = parent.family();
            assertThat(family).hasSizeGreaterThan(6);
            parent.process().destroyForcibly();
            assertAllEnd(family);
            busy.join();
        }
        try (DataDirectoryLock lock = DataDirectoryLock.take(directory);
                EmbeddedServices services = EmbeddedServices.start(directory);
                Connection connection = DriverManager.getConnection(
                        services.postgres().url(),
                        "milvuso",
                        services.postgres().password());
                Statement statement = connection.createStatement()) {
            assertThat(lock).isNotNull();
            assertThat(statement.executeQuery("select answer from kept").next()).isTrue();
        }
    }

    private static void runUntilKilled(Statement statement) {
        assertThatThrownBy(() -> statement.execute("select pg_sleep(60)")).isInstanceOf(SQLException.class);
    }

    @Test
    void aParentKilledWhileItInitialisesLeavesADirectoryThatStarts(@TempDir Path directory) throws Exception {
        Parent parent = Parent.start(directory);
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(AT_ONCE)
                .until(() -> parent.family().stream()
                        .anyMatch(child -> child.info().commandLine().orElse("").contains("initdb")));
        parent.process().destroyForcibly();
        assertAllEnd(parent.family());

        try (EmbeddedServices services = EmbeddedServices.start(directory)) {
            assertThat(services.postgres().url()).startsWith("jdbc:postgresql://127.0.0.1:");
        }
    }

    @Test
    void aRefusedSecondLockInThisProcessDoesNotGiveTheFirstAway(@TempDir Path directory) throws Exception {
        try (DataDirectoryLock first = DataDirectoryLock.take(directory)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DataDirectoryLock.take(directory.resolve(".")))
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            Parent parent = Parent.start(directory);
            assertThat(parent.process().waitFor()).isNotZero();
        }
        DataDirectoryLock.take(directory).close();
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Running {
        private EmbeddedServices services;

        @BeforeAll
        void start(@TempDir Path directory) {
            services = EmbeddedServices.start(directory);
        }

        @AfterAll
        void stop() {
            services.close();
        }

        private Stream<ProcessHandle> family() {
            return Stream.concat(
                    Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants());
        }

        @Test
        void everythingListensOnLoopbackOnly() throws Exception {
            assumeTrue(Platform.current().isLinux(), "skipped: only Linux has /proc");
            // Kafka's two listeners are this process's; as IPv6 sockets they show the mapped form of 127.0.0.1.
            assertThat(Sockets.listening(family()))
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allSatisfy(address ->
                            assertThat(address).matches("(0100007F|0000000000000000FFFF00000100007F):[0-9A-F]{4}"));
        }

        @Test
        void postgresHasNoneOfRootsPowers() throws Exception {
            assumeTrue(Platform.current().isLinux(), "skipped: only Linux has /proc");
            assumeTrue(
                    Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                    "skipped: root alone has powers to take away");
            List<ProcessHandle> servers = family().filter(
                            process -> process.info().command().orElse("").endsWith("/postgres"))
                    .toList();
            assertThat(servers).isNotEmpty().allSatisfy(process -> {
                assertThat(status(process, "CapEff")).isEqualTo("0000000000000000");
                assertThat(status(process, "CapPrm")).isEqualTo("0000000000000000");
            });
        }
    }
}
