package dev.milvuso.feature.worker.postgres;

import dev.milvuso.feature.profile.HalfLife;
import dev.milvuso.feature.profile.Profile;
import dev.milvuso.feature.profile.Tally;
import dev.milvuso.feature.worker.state.Batch;
import dev.milvuso.feature.worker.state.Batch.ProfileRow;
import dev.milvuso.feature.worker.state.Batch.UserItem;
import dev.milvuso.feature.worker.state.ReadAgainException;
import dev.milvuso.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a batch and its offsets in one transaction. */
public final class BatchWriter {
    private static final String CONSUMER = "feature-worker";

    private static final String ADVANCE =
            "update consumer_offset set next = ? where consumer = ? and topic = ? and partition = ? and next = ?";

    // An id holds no white space, so recent items travel as one text.
    private static final String ROWS = """
            select u, b, a, to_timestamp(f / 1000.0) as f, to_timestamp(l / 1000.0) as l, string_to_array(r, ' ') as r,
                   p::jsonb as p
            from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
                t (u, b, a, f, l, r, p)""";

    private static final String NEW_PROFILES = """
            insert into user_profile (user_id, actions, first_at, last_at, recent_items, profile)
            select u, a, f, l, r, p from (%s) t
            on conflict do nothing""".formatted(ROWS);

    private static final String KNOWN_PROFILES = """
            update user_profile o set actions = a, first_at = f, last_at = l, recent_items = r, profile = p,
                updated_at = now()
            from (%s) t
            where o.user_id = u and o.actions = b""".formatted(ROWS);

    private static final String USER_ITEMS = """
            insert into user_item as o (user_id, item_id, last_at)
            select u, i, to_timestamp(l / 1000.0) from unnest(?::text[], ?::text[], ?::bigint[]) t (u, i, l)
            on conflict (user_id, item_id) do update set last_at = greatest(o.last_at, excluded.last_at)""";

    // Both sums are brought to the later of their times. PostgreSQL refuses a product that is too small for a number:
    // 200 half-lives leave nothing, and what is below 1e-30 counts as nothing.
    private static final String STATISTICS = """
            insert into item_statistics as o (item_id, actions, impressions, clicks, popularity, popularity_at)
            select i, a, m, c, p, to_timestamp(l / 1000.0)
            from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::float8[], ?::bigint[])
                t (i, a, m, c, p, l)
            on conflict (item_id) do update set actions = o.actions + excluded.actions,
                impressions = o.impressions + excluded.impressions, clicks = o.clicks + excluded.clicks,
                popularity = case when o.popularity < 1e-30 then 0 else o.popularity end
                    * power(0.5::float8, least(200, greatest(0,
                        extract(epoch from excluded.popularity_at - o.popularity_at)::float8 / ?)))
                    + case when excluded.popularity < 1e-30 then 0 else excluded.popularity end
                    * power(0.5::float8, least(200, greatest(0,
                        extract(epoch from o.popularity_at - excluded.popularity_at)::float8 / ?))),
                popularity_at = greatest(o.popularity_at, excluded.popularity_at), updated_at = now()
            returning item_id, actions, impressions, clicks, popularity,
                (extract(epoch from popularity_at) * 1000)::bigint""";

    private final Database database;
    private final String topic;
    private final HalfLife popularity;

    public BatchWriter(Database database, String topic, HalfLife popularity) {
        this.database = database;
        this.topic = topic;
        this.popularity = popularity;
    }

    /**
     * The next offset of a partition, stored with {@code beginning} if there is none.
     *
     * @throws dev.milvuso.component.Unavailable if PostgreSQL does not answer
     */
    public long offset(int partition, long beginning) {
        return database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into consumer_offset values (?, ?, ?, ?) on conflict do nothing")) {
                insert.setString(1, CONSUMER);
                insert.setString(2, topic);
                insert.setInt(3, partition);
                insert.setLong(4, beginning);
                insert.executeUpdate();
            }
            try (PreparedStatement select = connection.prepareStatement(
                    "select next from consumer_offset where consumer = ? and topic = ? and partition = ?")) {
                select.setString(1, CONSUMER);
                select.setString(2, topic);
                select.setInt(3, partition);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /**
     * @return the statistics of the batch's items as they are stored now
     * @throws ReadAgainException if an offset or a profile is not where this worker left it; nothing is written then
     * @throws dev.milvuso.component.Unavailable if PostgreSQL does not answer
     */
    public Map<String, Tally> write(Batch batch) {
        return database.transaction(connection -> {
            advance(connection, batch);
            writeProfiles(connection, batch.profiles());
            writeUserItems(connection, batch.userItems());
            return writeStatistics(connection, batch.tallies());
        });
    }

    private void advance(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
            for (var step : batch.offsets().entrySet()) {
                update.setLong(1, step.getValue().to());
                update.setString(2, CONSUMER);
                update.setString(3, topic);
                update.setInt(4, step.getKey());
                update.setLong(5, step.getValue().from());
                if (update.executeUpdate() != 1) {
                    throw new ReadAgainException(topic + "-" + step.getKey() + " is not at "
                            + step.getValue().from() + " any more");
                }
            }
        }
    }

    /** A user whose actions stand in two partitions, since these were added, may be with two workers for a while. */
    private static void writeProfiles(Connection connection, Collection<ProfileRow> rows) throws SQLException {
        Map<Boolean, List<ProfileRow>> byKnown = rows.stream()
                .sorted(Comparator.comparing(ProfileRow::userId))
                .collect(Collectors.partitioningBy(row -> row.before() != Profile.NOT_STORED));
        int written = writeProfiles(connection, NEW_PROFILES, byKnown.getOrDefault(false, List.of()))
                + writeProfiles(connection, KNOWN_PROFILES, byKnown.getOrDefault(true, List.of()));
        if (written != rows.size()) {
            throw new ReadAgainException((rows.size() - written) + " profiles were written by another worker");
        }
    }

    private static int writeProfiles(Connection connection, String sql, List<ProfileRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return 0;
        }
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            array(write, 1, "text", rows, ProfileRow::userId);
            array(write, 2, "bigint", rows, ProfileRow::before);
            array(write, 3, "bigint", rows, ProfileRow::actions);
            array(write, 4, "bigint", rows, ProfileRow::firstAt);
            array(write, 5, "bigint", rows, ProfileRow::lastAt);
            array(write, 6, "text", rows, row -> String.join(" ", row.recentItems()));
            array(write, 7, "text", rows, ProfileRow::profile);
            return write.executeUpdate();
        }
    }

    private static void writeUserItems(Connection connection, Collection<UserItem> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(USER_ITEMS)) {
            array(insert, 1, "text", rows, UserItem::userId);
            array(insert, 2, "text", rows, UserItem::itemId);
            array(insert, 3, "bigint", rows, UserItem::at);
            insert.executeUpdate();
        }
    }

    private Map<String, Tally> writeStatistics(Connection connection, Map<String, Tally> tallies) throws SQLException {
        Map<String, Tally> stored = new HashMap<>();
        if (tallies.isEmpty()) {
            return stored;
        }
        try (PreparedStatement insert = connection.prepareStatement(STATISTICS)) {
            array(insert, 1, "text", tallies.keySet(), id -> id);
            array(insert, 2, "bigint", tallies.values(), Tally::actions);
            array(insert, 3, "bigint", tallies.values(), Tally::impressions);
            array(insert, 4, "bigint", tallies.values(), Tally::clicks);
            array(insert, 5, "float8", tallies.values(), Tally::popularity);
            array(insert, 6, "bigint", tallies.values(), Tally::at);
            insert.setDouble(7, popularity.millis() / 1000.0);
            insert.setDouble(8, popularity.millis() / 1000.0);
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    stored.put(
                            row.getString(1),
                            new Tally(
                                    row.getLong(2), row.getLong(3), row.getLong(4), row.getDouble(5), row.getLong(6)));
                }
            }
        }
        return stored;
    }

    private static <R> void array(
            PreparedStatement statement, int index, String type, Collection<R> rows, Function<R, Object> column)
            throws SQLException {
        statement.setArray(
                index,
                statement
                        .getConnection()
                        .createArrayOf(type, rows.stream().map(column).toArray()));
    }
}
