package dev.milvuso.server.coldstart.postgres;

import dev.milvuso.action.ItemId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.coldstart.Evidence;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code item_statistics} into {@link Evidence}: all of it once, then what is new. For one thread at a time. */
public final class StoredEvidence implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredEvidence.class);

    /** Rows may become visible this long after the time they carry. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private static final String SELECT =
            "select item_id, actions, impressions, clicks, updated_at from item_statistics" + " where updated_at >= ?";

    private final Database database;
    private final Evidence evidence;
    private final ItemSlots slots;
    private Instant newest = Instant.EPOCH;

    public StoredEvidence(Database database, Evidence evidence, ItemSlots slots) {
        this.database = database;
        this.evidence = evidence;
        this.slots = slots;
    }

    @Override
    public void run() {
        try {
            newest = database.transaction(connection -> {
                try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                    select.setTimestamp(
                            1, Timestamp.from(newest.equals(Instant.EPOCH) ? newest : newest.minus(OVERLAP)));
                    try (ResultSet rows = select.executeQuery()) {
                        return read(rows);
                    }
                }
            });
        } catch (Unavailable e) {
            LOG.debug("new items go by what was counted here", e);
        } catch (RuntimeException e) {
            LOG.warn("how items were received could not be read", e);
        }
    }

    private Instant read(ResultSet rows) throws SQLException {
        Instant latest = newest;
        while (rows.next()) {
            int slot = slots.ofUnheardOf(new ItemId(rows.getString(1)));
            if (slot != ItemSlots.NONE) {
                evidence.stored(slot, rows.getLong(2), rows.getLong(3), rows.getLong(4));
            }
            Instant at = rows.getTimestamp(5).toInstant();
            latest = at.isAfter(latest) ? at : latest;
        }
        return latest;
    }
}
