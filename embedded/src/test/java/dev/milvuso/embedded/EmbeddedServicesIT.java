package dev.milvuso.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Exit;
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
                    .get(60, TimeUnit.SECONDS);
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
            assertThat(admin.listTopics().names().get(60, TimeUnit.SECONDS)).contains("kept");
        }
    }

    @Test
    void aStartWithATakenPortSaysWhichAndLeavesNothingBehind(@TempDir Path directory) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();
            assertRefused(directory, new EmbeddedServices.Ports(taken, 0, 0), taken + " for Kafka");
            assertRefused(directory, new EmbeddedServices.Ports(0, taken, 0), taken + " for PostgreSQL");
            assertRefused(directory, new EmbeddedServices.Ports(0, 0, taken), taken + " for Redis");
        }
        EmbeddedServices.start(directory).close();
    }

    @Test
    void aServerThatDiesIsStartedAgainAtItsAddress(@TempDir Path directory) {
        try (EmbeddedServices services = EmbeddedServices.start(directory)) {
            children("redis-server").forEach(ProcessHandle::destroyForcibly);
            children("bin/postgres").forEach(ProcessHandle::destroyForcibly);
            // As the broker does when its disk is full.
            assertThatThrownBy(() -> Exit.halt(1)).hasMessageContaining("is the disk full?");

            await().ignoreExceptions().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                try (Connection connection = connect(services.postgres());
                        Jedis redis = new Jedis("127.0.0.1", services.redis().port())) {
                    assertThat(connection.isValid(1)).isTrue();
                    assertThat(redis.ping()).isEqualTo("PONG");
                }
                assertThat(services.kafka().hasDied()).isFalse();
            });
        }
    }

    private static Stream<ProcessHandle> children(String program) {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info()
                        .command()
                        .filter(command -> command.contains(program))
                        .isPresent());
    }

    private static void assertRefused(Path directory, EmbeddedServices.Ports ports, String what) throws IOException {
        List<String> before = Sockets.listening(Stream.of(ProcessHandle.current()));
        assertThatThrownBy(() -> EmbeddedServices.start(directory, ports))
                .hasMessage("the embedded services did not start: port " + what
                        + " is in use by another program: end that, or configure another port");
        assertThat(ProcessHandle.current().descendants().map(Object::toString)).isEmpty();
        assertThat(Sockets.listening(Stream.of(ProcessHandle.current()))).isEqualTo(before);
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
    }
}
