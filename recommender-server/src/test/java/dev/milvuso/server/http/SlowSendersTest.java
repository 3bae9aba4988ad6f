package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowSendersTest {
    /** More than there are threads. */
    private static final int SENDERS = 400;

    private final HttpFixture server = new HttpFixture();
    private final List<Socket> senders = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Socket sender : senders) {
            sender.close();
        }
        server.close();
    }

    @Test
    void bodiesThatNeverEndHoldNoThreads() throws Exception {
        byte[] half =
                "POST /actions HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < SENDERS; i++) {
            Socket sender = new Socket(InetAddress.getLoopbackAddress(), server.port());
            senders.add(sender);
            sender.getOutputStream().write(half);
        }
        RawAnswer live =
                RawAnswer.to(server.port(), "GET /health/live HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        assertThat(live.status()).isEqualTo(200);
    }
}
