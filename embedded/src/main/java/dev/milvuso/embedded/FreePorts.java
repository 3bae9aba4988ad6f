package dev.milvuso.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports that nobody listens on. */
public final class FreePorts {
    /**
     * Below what Linux and macOS take for outgoing connections, which come between the choice of a port and its use.
     */
    private static final int LOWEST = 15_000;

    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    /** From a place of its own for each process, and one after the other, so that none is given twice. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(HIGHEST - LOWEST));

    private FreePorts() {}

    /**
     * The port as given, or a free one if it is 0. Somebody else may take a free one before its caller does.
     *
     * @throws IllegalStateException if there is no free one
     */
    public static int orFree(int port) {
        if (port != 0) {
            return port;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int chosen = LOWEST + Math.floorMod(NEXT.getAndIncrement(), HIGHEST - LOWEST);
            if (isFree(chosen)) {
                return chosen;
            }
        }
        throw new IllegalStateException("no free port on the loopback interface");
    }

    /**
     * Waits while the server of a process that was killed a moment ago has not ended.
     *
     * @throws IllegalStateException naming server and port if somebody else listens there
     */
    static void await(String server, int port) {
        Patience patience = new Patience(Duration.ofMillis(2_500));
        while (!isFree(port)) {
            patience.pauseOrGiveUp("port " + port + " for " + server
                    + " is in use by another program: end that, or configure another port");
        }
    }

    private static boolean isFree(int port) {
        return isFree(InetAddress.getLoopbackAddress().getHostAddress(), port);
    }

    /** Whether this process could listen there. */
    public static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
