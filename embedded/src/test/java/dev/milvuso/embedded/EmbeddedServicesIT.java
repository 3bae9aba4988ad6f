package dev.milvuso.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class EmbeddedServicesIT {
    @Test
    void dataSurviveAStopAndAStartOnTheSameDirectory(@TempDir Path directory) throws Exception {
        try (EmbeddedServices services = EmbeddedServices.start(directory);
                Connection connection = connect(services.postgres());
                Statement statement = connection.createStatement();
                Jedis redis = new Jedis("127.0.0.1", services.redis().port());
                Admin admin = admin(services.kafka())) {
            statement.execute("create table kept as select 42 as answer");
            redis.set("kept", "42");
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        try (EmbeddedServices services = EmbeddedServices.start(directory);
                Connection connection = connect(services.postgres());
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select answer from kept");
                Jedis redis = new Jedis("127.0.0.1", services.redis().port());
                Admin admin = admin(services.kafka())) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
            assertThat(redis.get("kept")).isEqualTo("42");
            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).contains("kept");
        }
    }

    @Test
    void childrenEndWithinTwoSecondsOfTheirParentsKillAndStartAgain(@TempDir Path directory) throws Exception {
        for (int round = 0; round < 2; round++) {
            Process parent = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Parent.class.getName(),
                            directory.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] ports;
            try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
                ports = Objects.requireNonNull(output.readLine(), "the parent died")
                        .split(" ", -1);
            }
            assertThat(ports).allSatisfy(port -> assertThat(listens(port)).isTrue());
            parent.destroyForcibly();
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(ports)
                            .noneSatisfy(port -> assertThat(listens(port)).isTrue()));
        }
    }

    @Test
    void aSecondLockOnADirectoryIsRefusedNamingTheProcess(@TempDir Path directory) {
        try (DataDirectoryLock first = DataDirectoryLock.take(directory)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DataDirectoryLock.take(directory))
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        DataDirectoryLock.take(directory).close();
    }

    private static boolean listens(String port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
    }
}
