package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Those who ask for much and take nothing of it. */
class SilentReadersTest {
    /** More than there are threads. */
    private static final int READERS = 300;

    private static final Duration FLOOD = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpFixture server = new HttpFixture();
    private final List<Socket> readers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Socket reader : readers) {
            reader.close();
        }
        server.close();
    }

    /** Ask for something long again and again, so that it fills every buffer on the way. */
    private void flood(String path) throws Exception {
        byte[] requests =
                ("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").repeat(200).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < READERS; i++) {
            Socket reader = new Socket();
            readers.add(reader);
            reader.setReceiveBufferSize(1024);
            reader.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            reader.getOutputStream().write(requests);
        }
    }

    private void othersAreAnswered() {
        long end = System.nanoTime() + FLOOD.toNanos();
        await().atMost(FLOOD.plus(PATIENCE.multipliedBy(3)))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    for (String path : List.of("/health/live", "/recommendations/u", "/metrics")) {
                        long begin = System.nanoTime();
                        RawAnswer answer = RawAnswer.to(
                                server.port(), "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
                        assertThat(answer.status()).as(path).isEqualTo(200);
                        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                                .as(path)
                                .isLessThan(PATIENCE);
                    }
                    return System.nanoTime() > end;
                });
    }

    @Test
    void metricsThatNobodyReadsHoldUpNobodyElse() throws Exception {
        for (int i = 0; i < 2000; i++) {
            server.metrics.counter("flood", "number", "a-label-of-some-length-" + i);
        }
        flood("/metrics");
        othersAreAnswered();
    }

    @Test
    void answersThatNobodyReadsHoldNoThreads() throws Exception {
        flood("/openapi.json");
        othersAreAnswered();
        // One that is just writing may be seen; one that waits there would stay.
        await().atMost(PATIENCE)
                .until(() -> Thread.getAllStackTraces().values().stream()
                        .flatMap(Stream::of)
                        .noneMatch(frame -> frame.getClassName().endsWith("HttpOutput")
                                && frame.getMethodName().equals("write")));
    }

    @Test
    void whoReadsTooSlowlyIsCutOff() throws Exception {
        Server jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        WholeAnswer answers = new WholeAnswer(Duration.ofMillis(200), 100_000_000);
        answers.setHandler(new TwentyMillionBytes());
        jetty.setHandler(answers);
        jetty.start();
        try (Socket reader =
                new Socket(InetAddress.getLoopbackAddress(), jetty.getURI().getPort())) {
            var connections = jetty.getConnectors()[0];
            long begin = System.nanoTime();
            reader.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(reader.getInputStream().read()).isEqualTo('H');
            await().atMost(PATIENCE)
                    .until(() -> connections.getConnectedEndPoints().isEmpty());
            // The patience, and as long as twenty million bytes take.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        } finally {
            jetty.stop();
        }
    }

    private static final class TwentyMillionBytes extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            ByteBuffer half = ByteBuffer.allocate(10_000_000);
            response.write(
                    false,
                    half.duplicate(),
                    Callback.from(() -> response.write(true, half, callback), callback::failed));
            return true;
        }
    }
}
