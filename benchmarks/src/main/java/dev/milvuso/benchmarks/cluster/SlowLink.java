package dev.milvuso.benchmarks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Passes bytes both ways. Those from the server may be held back, each as long as the others, so that many may be on
 * their way at once, as on a long line.
 */
final class SlowLink implements Link {
    private static final int CHUNK = 65_536;
    private static final int CHUNKS = 256;

    /** @param due by {@link System#nanoTime}; no bytes mean the end */
    private record Chunk(long due, byte[] bytes) {}

    private final ServerSocket listening;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile long delayNanos;

    SlowLink(int port, int server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(port, 256, InetAddress.getLoopbackAddress());
        begin("accepts", this::accept);
    }

    private static void begin(String name, Runnable work) {
        Thread thread = new Thread(work, "link-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                begin("connects", () -> connect(client));
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
            open.add(behind);
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            BlockingQueue<Chunk> held = new LinkedBlockingQueue<>(CHUNKS);
            begin("up", () -> copy(client, behind));
            begin("holds", () -> hold(behind, held));
            begin("down", () -> release(held, client, behind));
        } catch (IOException e) {
            close(client); // as whoever connects to a dead server finds it
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[CHUNK];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read > 0;
                    read = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side is gone, which ends the other.
        }
        close(from);
        close(to);
    }

    private void hold(Socket from, BlockingQueue<Chunk> held) {
        byte[] buffer = new byte[CHUNK];
        try {
            int read = 0;
            while (read >= 0) {
                try {
                    read = from.getInputStream().read(buffer);
                } catch (IOException e) {
                    read = -1; // the server is gone
                }
                byte[] bytes = Arrays.copyOf(buffer, Math.max(0, read));
                held.put(new Chunk(System.nanoTime() + delayNanos, bytes));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release(BlockingQueue<Chunk> held, Socket client, Socket behind) {
        try {
            for (Chunk next = held.take(); next.bytes().length > 0; next = held.take()) {
                await(next.due());
                client.getOutputStream().write(next.bytes());
            }
        } catch (IOException e) {
            // The client is gone, which ends the other side.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(client);
        close(behind);
        held.clear(); // lets who may wait for room see the end
    }

    /** In small steps, so that the end of the delay is soon felt. */
    private void await(long due) throws InterruptedException {
        while (delayNanos > 0 && System.nanoTime() < due) {
            Thread.sleep(Math.min(20, Math.max(1, (due - System.nanoTime()) / 1_000_000)));
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        return listening.getLocalPort();
    }

    @Override
    public void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(this::close);
    }
}
