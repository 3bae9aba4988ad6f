package dev.milvuso.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before a server that listens on a port of this machine, and never answers the first few who come; the others
 * as late as it is told.
 */
final class SlowToAnswer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowToAnswer.class);

    private final int port;
    private final ServerSocket listening;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private int unanswered;
    private volatile long delayMillis;

    SlowToAnswer(int port, int unanswered) throws IOException {
        this.port = port;
        this.unanswered = unanswered;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    /** From now on whatever the server says is held back for so long. */
    void delay(Duration delay) {
        delayMillis = delay.toMillis();
    }

    int port() {
        return listening.getLocalPort();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                LOG.debug("a connection has ended", e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            open.add(client);
            if (unanswered > 0) {
                unanswered--;
                continue;
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(server);
            thread(() -> copy(client.getInputStream(), server.getOutputStream()));
            thread(() -> copyLate(server.getInputStream(), client.getOutputStream()));
        }
    }

    private void copyLate(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[65_536];
        for (int read = from.read(buffer); read > 0; read = from.read(buffer)) {
            try {
                Thread.sleep(delayMillis);
            } catch (InterruptedException e) {
                throw new InterruptedIOException("interrupted");
            }
            to.write(buffer, 0, read);
        }
        to.close();
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        from.transferTo(to);
        to.close();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
