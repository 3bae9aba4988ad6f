package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.config.ConfigException;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.ServerConfig;
import dev.milvuso.embedded.FreePorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TakenPortTest {
    private static ServerConfig config(String host, int port) {
        return ConfigLoader.load(Optional.empty(), Map.of(), List.of("server.host=" + host, "server.port=" + port))
                .server();
    }

    @Test
    void aPortThatAnotherProgramHasIsRefusedInOneLine() throws Exception {
        // None that a connection from here takes once it is free again.
        int port = FreePorts.orFree(0);
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            assertThatThrownBy(() -> HttpServer.requireFree(config("127.0.0.1", port)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "server.port is " + port + ": another program listens there on 127.0.0.1, choose another");
        }
        assertThatCode(() -> HttpServer.requireFree(config("127.0.0.1", port))).doesNotThrowAnyException();
        assertThatCode(() -> HttpServer.requireFree(config("127.0.0.1", 0))).doesNotThrowAnyException();
    }

    @Test
    void anAddressThatIsNotThisMachinesIsRefusedInOneLine() {
        assertThatThrownBy(() -> HttpServer.requireFree(config("192.0.2.1", 0)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("server.host is 192.0.2.1 and server.port 0: nobody can listen there");
        assertThatThrownBy(() -> HttpServer.requireFree(config("nowhere.invalid", 0)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("server.host is nowhere.invalid: no such host is known");
    }
}
