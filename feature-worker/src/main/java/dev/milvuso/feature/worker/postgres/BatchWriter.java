package dev.milvuso.feature.worker.postgres;

import dev.milvuso.feature.profile.Decay;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a batch and its offsets in one transaction. */
public final class BatchWriter {
    private static final String CONSUMER = "feature-worker";

    private static final String ADVANCE =
            "update consumer_offset set next = ? where consumer = ? and topic = ? and partition = ? and next = ?";

    // An id holds no white space, so recent items travel as one text.
    private static final String PROFILES = """
            insert into user_profile as o (user_id, version, actions, first_at, last_at, recent_items, profile)
            select u, v, a, to_timestamp(f / 1000.0), to_timestamp(l / 1000.0), string_to_array(r, ' '), p::jsonb
            from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
                t (u, v, a, f, l, r, p)
            on conflict (user_id) do update set version = excluded.version, actions = excluded.actions,
                first_at = excluded.first_at, last_at = excluded.last_at, recent_items = excluded.recent_items,
                profile = excluded.profile, updated_at = now()
            where o.version = excluded.version - 1""";

    private static final String USER_ITEMS = """
            insert into user_item as o (user_id, item_id, last_at, action_type, value)
            select u, i, to_timestamp(l / 1000.0), a, v
            from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::float8[]) t (u, i, l, a, v)
            on conflict (user_id, item_id) do update set last_at = excluded.last_at,
                action_type = excluded.action_type, value = excluded.value
            where excluded.last_at >= o.last_at""";

    // Both sums are brought to the later of their times. PostgreSQL refuses a product that is too small for a number:
    // 200 half-lives leave nothing, and what is below 1e-30 counts as nothing. So does what is no sum of weights (NaN
    // is
    // above all else here), and a time ahead counts as now: else what is stored wrongly once would stay so for ever.
    private static final String STATISTICS = """
            insert into item_statistics as o
                (item_id, actions, impressions, clicks, popularity, popularity_at, trend)
            select i, a, m, c, p, to_timestamp(l / 1000.0), t
            from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::float8[], ?::bigint[], ?::float8[])
                u (i, a, m, c, p, l, t)
            on conflict (item_id) do update set actions = o.actions + excluded.actions,
                impressions = o.impressions + excluded.impressions, clicks = o.clicks + excluded.clicks,
                popularity = %s, trend = %s,
                popularity_at = greatest(least(o.popularity_at, now() + interval '5 minutes'), excluded.popularity_at),
                updated_at = now()
            returning item_id, actions, impressions, clicks, popularity,
                (extract(epoch from popularity_at) * 1000)::bigint, trend""".formatted(sum("popularity"), sum("trend"));

    /** Of what is stored and what is added; two parameters, both the half-life in seconds. */
    private static String sum(String column) {
        return """
            case when o.@ between 1e-30 and 1e30 then o.@ else 0 end
                    * power(0.5::float8, least(200, greatest(0, extract(epoch from excluded.popularity_at
                        - least(o.popularity_at, now() + interval '5 minutes'))::float8 / ?)))
                    + case when excluded.@ < 1e-30 then 0 else excluded.@ end
                    * power(0.5::float8, least(200, greatest(0, extract(epoch from
                        least(o.popularity_at, now() + interval '5 minutes') - excluded.popularity_at)::float8 / ?)))""".replace("@", column);
    }

    private final Database database;
    private final String topic;
    private final Decay decay;

    public BatchWriter(Database database, String topic, Decay decay) {
        this.database = database;
        this.topic = topic;
        this.decay = decay;
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
            erase(connection, batch.erased());
            writeProfiles(connection, batch.profiles());
            writeUserItems(connection, batch.userItems());
            return writeStatistics(connection, batch.tallies());
        });
    }

    private static void erase(Connection connection, Set<String> users) throws SQLException {
        for (String table : users.isEmpty() ? List.<String>of() : List.of("user_profile", "user_item")) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from " + table + " where user_id = any (?)")) {
                texts(delete, 1, users, user -> user);
                delete.executeUpdate();
            }
        }
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
    private static void writeProfiles(Connection connection, List<ProfileRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(PROFILES)) {
            texts(insert, 1, rows, ProfileRow::userId);
            longs(insert, 2, rows, ProfileRow::version);
            longs(insert, 3, rows, ProfileRow::actions);
            longs(insert, 4, rows, ProfileRow::firstAt);
            longs(insert, 5, rows, ProfileRow::lastAt);
            texts(insert, 6, rows, row -> String.join(" ", row.recentItems()));
            texts(insert, 7, rows, ProfileRow::profile);
            int written = insert.executeUpdate();
            if (written != rows.size()) {
                throw new ReadAgainException((rows.size() - written) + " profiles were written by another worker");
            }
        }
    }

    private static void writeUserItems(Connection connection, Collection<UserItem> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(USER_ITEMS)) {
            texts(insert, 1, rows, UserItem::userId);
            texts(insert, 2, rows, UserItem::itemId);
            longs(insert, 3, rows, UserItem::at);
            texts(insert, 4, rows, UserItem::type);
            numbers(insert, 5, rows, UserItem::value);
            insert.executeUpdate();
        }
    }

    private Map<String, Tally> writeStatistics(Connection connection, Map<String, Tally> tallies) throws SQLException {
        Map<String, Tally> stored = new HashMap<>();
        if (tallies.isEmpty()) {
            return stored;
        }
        try (PreparedStatement insert = connection.prepareStatement(STATISTICS)) {
            texts(insert, 1, tallies.keySet(), id -> id);
            longs(insert, 2, tallies.values(), Tally::actions);
            longs(insert, 3, tallies.values(), Tally::impressions);
            longs(insert, 4, tallies.values(), Tally::clicks);
            numbers(insert, 5, tallies.values(), Tally::popularity);
            longs(insert, 6, tallies.values(), Tally::at);
            numbers(insert, 7, tallies.values(), Tally::trend);
            insert.setDouble(8, decay.popularity().millis() / 1000.0);
            insert.setDouble(9, decay.popularity().millis() / 1000.0);
            insert.setDouble(10, decay.trend().millis() / 1000.0);
            insert.setDouble(11, decay.trend().millis() / 1000.0);
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    stored.put(
                            row.getString(1),
                            new Tally(
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getDouble(5),
                                    row.getDouble(7),
                                    row.getLong(6)));
                }
            }
        }
        return stored;
    }

    // Arrays of these types, not of Object, are sent in binary form.
    private static <R> void texts(
            PreparedStatement statement, int index, Collection<R> rows, Function<R, String> column)
            throws SQLException {
        String[] values = rows.stream().map(column).toArray(String[]::new);
        statement.setArray(index, statement.getConnection().createArrayOf("text", values));
    }

    private static <R> void longs(PreparedStatement statement, int index, Collection<R> rows, Function<R, Long> column)
            throws SQLException {
        Long[] values = rows.stream().map(column).toArray(Long[]::new);
        statement.setArray(index, statement.getConnection().createArrayOf("int8", values));
    }

    private static <R> void numbers(
            PreparedStatement statement, int index, Collection<R> rows, Function<R, @Nullable Double> column)
            throws SQLException {
        Double[] values = rows.stream().map(column).toArray(Double[]::new);
        statement.setArray(index, statement.getConnection().createArrayOf("float8", values));
    }
}
