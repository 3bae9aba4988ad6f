package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.milvuso.component.Unavailable;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.milvus.shaded.io.grpc.stub.StreamObserver;
import io.milvus.v2.client.MilvusClientV2;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Repeats, bound and circuit breaker, against a server that does as it is told. */
final class MilvusConnectionTest {
    private final Obedient service = new Obedient();

    /** Refuses so many calls, then gives its version. */
    private static final class Obedient extends MilvusServiceGrpc.MilvusServiceImplBase {
        private final AtomicInteger refusals = new AtomicInteger();
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void connect(ConnectRequest request, StreamObserver<ConnectResponse> answer) {
            answer.onNext(ConnectResponse.getDefaultInstance());
            answer.onCompleted();
        }

        @Override
        public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> answer) {
            calls.incrementAndGet();
            if (refusals.getAndDecrement() > 0) {
                answer.onError(Status.UNAVAILABLE.asRuntimeException());
            } else {
                answer.onNext(
                        GetVersionResponse.newBuilder().setVersion("v2.3.5").build());
                answer.onCompleted();
            }
        }
    }

    private final Server server;

    MilvusConnectionTest() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service)
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    private MilvusConnection connection(int calls, Duration timeout) {
        return new MilvusConnection(MilvusVectorStore.builder()
                .uri("http://127.0.0.1:" + server.getPort())
                .attempts(3)
                .pool(1, calls)
                .callTimeout(timeout)
                .config());
    }

    @Test
    void whatMayBeRepeatedIsUpToTheLastAttempt() {
        try (MilvusConnection connection = connection(1, Duration.ofSeconds(10))) {
            service.refusals.set(2);
            assertThat(connection.call(MilvusClientV2::getServerVersion)).isEqualTo("v2.3.5");
            assertThat(service.calls).hasValue(3);
            service.refusals.set(3);
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> connection.call(MilvusClientV2::getServerVersion));
            assertThat(service.calls).hasValue(6);
        }
    }

    @Test
    void whatMustNotBeRepeatedIsNot() {
        try (MilvusConnection connection = connection(1, Duration.ofSeconds(10))) {
            service.refusals.set(1);
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> connection.callOnce(MilvusClientV2::getServerVersion));
            assertThat(service.calls).hasValue(1);
        }
    }

    @Test
    void aFaultOfTheCallersIsNeitherRepeatedNorTakenForAnOutage() {
        try (MilvusConnection connection = connection(1, Duration.ofSeconds(10))) {
            for (int i = 0; i < 10; i++) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> connection.call(client -> {
                            service.calls.incrementAndGet();
                            throw new IllegalStateException("mine");
                        }));
            }
            assertThat(service.calls).hasValue(10);
            assertThat(connection.call(MilvusClientV2::getServerVersion)).isEqualTo("v2.3.5");
        }
    }

    @Test
    void afterFiveFailuresInARowNobodyIsAsked() {
        try (MilvusConnection connection = connection(1, Duration.ofSeconds(10))) {
            service.refusals.set(100);
            for (int i = 0; i < 5; i++) {
                assertThatExceptionOfType(Unavailable.class)
                        .isThrownBy(() -> connection.callOnce(MilvusClientV2::getServerVersion));
            }
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> connection.callOnce(MilvusClientV2::getServerVersion))
                    .withMessageContaining("has failed 5 times in a row");
            assertThat(service.calls).hasValue(5);
        }
    }

    @Test
    void noMoreCallsGoAtOnceThanAreAllowed() throws Exception {
        ExecutorService others = Executors.newSingleThreadExecutor();
        try (MilvusConnection connection = connection(1, Duration.ofSeconds(2))) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            Future<?> other = others.submit(() -> connection.callOnce(client -> {
                inside.countDown();
                await(leave);
                return true;
            }));
            inside.await();
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> connection.call(MilvusClientV2::getServerVersion))
                    .withMessageContaining("is asked by 1 calls already, none of which ended within 2000 ms");
            assertThat(service.calls).hasValue(0);
            leave.countDown();
            other.get();
            assertThat(connection.call(MilvusClientV2::getServerVersion)).isEqualTo("v2.3.5");
        } finally {
            others.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
