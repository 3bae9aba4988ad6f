package dev.milvuso.embedded;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts servers again that have died: killed by hand or for memory, or ended by a full disk. */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Between attempts. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final List<EmbeddedServer> servers;
    private volatile @Nullable Thread thread;

    Watchdog(List<EmbeddedServer> servers) {
        this.servers = List.copyOf(servers);
    }

    void start() {
        Thread watching = new Thread(this::watch, "embedded-watchdog");
        watching.setDaemon(true);
        thread = watching;
        watching.start();
    }

    private void watch() {
        try {
            while (thread != null) {
                Thread.sleep(INTERVAL.toMillis());
                for (EmbeddedServer server : servers) {
                    if (thread != null && server.hasDied()) {
                        startAgain(server);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startAgain(EmbeddedServer server) throws InterruptedException {
        String reason = "none";
        LOG.error("{} has died and is started again", server.name());
        while (thread != null) {
            try {
                server.start();
                LOG.info("{} answers again", server.name());
                return;
            } catch (RuntimeException e) {
                if (!reason.equals(e.getMessage())) {
                    LOG.error("{} cannot be started again, trying on: {}", server.name(), e.getMessage());
                }
                reason = String.valueOf(e.getMessage());
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** Waits for a start that is under way, so that nothing starts that its owner closes. */
    @Override
    public void close() {
        Thread watching = thread;
        thread = null;
        if (watching == null) {
            return;
        }
        watching.interrupt();
        try {
            watching.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
