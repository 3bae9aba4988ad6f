package dev.milvuso.trainer.online.postgres;

import dev.milvuso.component.Unavailable;
import dev.milvuso.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the table {@code erased_user}: who is to be forgotten, and since when. It is asked on a thread of its own, so
 * that learning does not wait for PostgreSQL. Safe for use by many threads.
 */
public final class ErasedUsers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ErasedUsers.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private record Erased(String user, long at) {}

    private final Database database;
    private final Map<String, Long> erasedAt = new ConcurrentHashMap<>();
    private boolean isBehind;
    private final Queue<String> fresh = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "erased-users");
        daemon.setDaemon(true);
        return daemon;
    });

    public ErasedUsers(Database database) {
        this.database = database;
    }

    /** Begins to follow. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::read, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Those who are to be forgotten and were not handed over before. */
    public List<String> take() {
        List<String> users = new ArrayList<>();
        for (String user = fresh.poll(); user != null; user = fresh.poll()) {
            users.add(user);
        }
        return users;
    }

    /**
     * Whether what the user did at that time is not to be learned any more.
     *
     * @param time in milliseconds since 1970
     */
    public boolean covers(String user, long time) {
        Long erased = erasedAt.get(user);
        return erased != null && time <= erased;
    }

    /**
     * At first and after an outage all, else those of the last minute: a transaction may end some time after it began.
     */
    void read() {
        try {
            for (Erased each : database.transaction(connection -> since(connection, erasedAt.isEmpty() || isBehind))) {
                Long before = erasedAt.put(each.user(), each.at());
                if (before == null || before != each.at()) {
                    fresh.add(each.user());
                }
            }
            isBehind = false;
        } catch (Unavailable e) {
            isBehind = true;
            LOG.debug("erased users are looked for again in a moment", e);
        } catch (RuntimeException e) {
            isBehind = true;
            LOG.warn("erased users could not be read", e);
        }
    }

    private static List<Erased> since(Connection connection, boolean ever) throws SQLException {
        List<Erased> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select user_id,"
                + " (extract(epoch from erased_at) * 1000)::bigint from erased_user"
                + (ever ? "" : " where erased_at > now() - interval '1 minute'"))) {
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Erased(row.getString(1), row.getLong(2)));
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
