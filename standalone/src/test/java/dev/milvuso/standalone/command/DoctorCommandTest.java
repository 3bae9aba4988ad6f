package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @Test
    void aMachineWithoutServicesIsHealthyAsStandaloneBringsThem(@TempDir Path data) throws Exception {
        Run run = Run.of("doctor", "--json", "--data-dir", data, "--set", "server.port=0");
        assertThat(run.exit()).isZero();
        assertThat(run.json().get("healthy").booleanValue()).isTrue();
        assertThat(finding(run.json(), "disk").get("text").textValue()).contains("GiB free in " + data);
        assertThat(finding(run.json(), "configuration").get("good").booleanValue())
                .isTrue();
    }

    @Test
    void aTakenPortIsAFault(@TempDir Path data) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = Run.of("doctor", "--data-dir", data, "--set", "server.port=" + taken.getLocalPort());
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.out()).containsPattern("NO +server.port +127.0.0.1:" + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void aServiceThatIsNamedMustAnswer(@TempDir Path data) throws Exception {
        try (ServerSocket listens = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String there = "kafka.brokers=127.0.0.1:" + listens.getLocalPort();
            Run run = Run.of("doctor", "--json", "--data-dir", data, "--set", "server.port=0", "--set", there);
            assertThat(run.exit()).isZero();
            assertThat(finding(run.json(), "kafka").get("good").booleanValue()).isTrue();
        }
        // Port 1 is reserved: nothing listens there.
        Run run = Run.of(
                "doctor",
                "--json",
                "--data-dir",
                data,
                "--set",
                "server.port=0",
                "--set",
                "milvus.backend=milvus",
                "--set",
                "milvus.uri=http://127.0.0.1:1");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(finding(run.json(), "milvus").get("text").textValue())
                .isEqualTo("nothing answers on 127.0.0.1:1: start it, or change milvus.uri");
    }

    @Test
    void aWrongConfigurationIsNamedAndExitsWithTwo(@TempDir Path data) throws Exception {
        Run run = Run.of("doctor", "--json", "--data-dir", data, "--set", "server.port=70000");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(finding(run.json(), "configuration").get("text").textValue()).contains("server.port is 70000");
    }

    @Test
    void aDataFolderThatIsAFileIsAFault(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        Run run = Run.of("doctor", "--json", "--data-dir", file.resolve("data"), "--set", "server.port=0");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(finding(run.json(), "disk").get("good").booleanValue()).isFalse();
    }

    private static JsonNode finding(JsonNode result, String name) {
        return StreamSupport.stream(result.get("findings").spliterator(), false)
                .filter(finding -> finding.get("name").textValue().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
