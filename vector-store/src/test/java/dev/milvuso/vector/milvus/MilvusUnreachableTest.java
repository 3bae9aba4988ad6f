package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.milvuso.component.Health;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.MilvusConfig;
import dev.milvuso.embedded.FreePorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MilvusUnreachableTest {
    private static MilvusConfig at(int port) {
        return ConfigLoader.load(
                        Optional.empty(),
                        Map.of(),
                        List.of(
                                "milvus.uri=http://127.0.0.1:" + port,
                                "milvus.user=somebody",
                                "milvus.password=very-secret",
                                "milvus.connect_timeout=1s",
                                "milvus.call_timeout=1s"))
                .milvus();
    }

    /** None that a connection from here takes meanwhile. */
    private static int closedPort() {
        return FreePorts.orFree(0);
    }

    @Test
    void constructingAndClosingNeedNoServer() {
        try (MilvusVectorStore store = new MilvusVectorStore(at(closedPort()))) {
            assertThat(store).isNotNull();
        }
    }

    @Test
    void aCallSaysThatMilvusIsUnavailableAndKeepsTheSecret() {
        try (MilvusVectorStore store = new MilvusVectorStore(at(closedPort()))) {
            Unavailable failure = catchThrowableOfType(Unavailable.class, () -> store.count("any"));
            assertThat(failure.dependency()).isEqualTo("milvus");
            assertThat(failure).hasMessageContaining("127.0.0.1").message().doesNotContain("very-secret");
            assertThat(store.health())
                    .isInstanceOfSatisfying(
                            Health.Down.class,
                            down -> assertThat(down.reason())
                                    .contains("127.0.0.1")
                                    .doesNotContain("very-secret"));
        }
    }

    @Test
    void manyCallersOfASilentServerDoNotWaitOneAfterTheOther() throws Exception {
        var executor = Executors.newFixedThreadPool(20);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                MilvusVectorStore store = new MilvusVectorStore(at(silent.getLocalPort()))) {
            long begin = System.nanoTime();
            List<Future<?>> calls = IntStream.range(0, 20)
                    .<Future<?>>mapToObj(i -> executor.submit(() -> store.count("any")))
                    .toList();
            for (Future<?> call : calls) {
                assertThatThrownBy(call::get).hasCauseInstanceOf(Unavailable.class);
            }
            // Twenty timeouts would be twenty seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        } finally {
            executor.shutdownNow();
        }
    }
}
