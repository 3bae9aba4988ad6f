package dev.milvuso.feature.worker.postgres;

import dev.milvuso.feature.profile.ItemState;
import dev.milvuso.feature.profile.Profile;
import dev.milvuso.feature.profile.ProfileJson;
import dev.milvuso.feature.profile.Tally;
import dev.milvuso.postgres.Database;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads profiles, items and the catalogue's changes, many at a time. */
public final class FeatureStore {
    // No event is later than its arrival, so a time further ahead than clocks may differ is none that can be worked
    // with.
    private static final String PROFILES = """
            select user_id, version, actions,
                   (extract(epoch from least(first_at, now() + interval '5 minutes')) * 1000)::bigint,
                   (extract(epoch from least(last_at, now() + interval '5 minutes')) * 1000)::bigint,
                   recent_items, profile
            from user_profile where user_id = any (?)""";

    private static final String ITEMS = """
            select w.item_id, i.category, i.tags, coalesce(s.actions, 0), coalesce(s.impressions, 0),
                   coalesce(s.clicks, 0), case when s.popularity between 0 and 1e30 then s.popularity else 0 end,
                   (extract(epoch from least(coalesce(s.popularity_at, 'epoch'), now() + interval '5 minutes'))
                       * 1000)::bigint,
                   case when s.trend between 0 and 1e30 then s.trend else 0 end
            from unnest(?::text[]) w (item_id)
            left join item i on i.item_id = w.item_id
            left join item_statistics s on s.item_id = w.item_id""";

    // Numbers are taken before their transactions end, so a smaller one may appear after a larger one: the last ones
    // are read again.
    private static final String CHANGES = """
            select item_id, category, tags, change_number from item
            where change_number > ? - 200 order by change_number limit 10000""";

    private final Database database;

    public FeatureStore(Database database) {
        this.database = database;
    }

    /** What the catalogue says of an item now. */
    public record Description(String itemId, Optional<String> category, List<String> tags, long changeNumber) {}

    /** Those that are stored; {@link dev.milvuso.component.Unavailable} if PostgreSQL does not answer. */
    public List<Profile> profiles(Collection<String> userIds) {
        return database.transaction(connection -> query(
                connection,
                PROFILES,
                userIds,
                row -> ProfileJson.decode(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        strings(row.getArray(6)),
                        row.getString(7))));
    }

    /** All that are asked for, also those of which nothing is stored. */
    public List<ItemState> items(Collection<String> itemIds) {
        return database.transaction(connection -> query(connection, ITEMS, itemIds, row -> {
            Tally tally = new Tally(
                    row.getLong(4), row.getLong(5), row.getLong(6), row.getDouble(7), row.getDouble(9), row.getLong(8));
            ItemState item = new ItemState(row.getString(1), tally);
            item.describe(Optional.ofNullable(row.getString(2)), strings(row.getArray(3)));
            return item;
        }));
    }

    public long lastChange() {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("select coalesce(max(change_number), 0) from item");
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** At most 10,000 changes of the catalogue, the oldest first. */
    public List<Description> changesAfter(long changeNumber) {
        return database.transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CHANGES)) {
                statement.setLong(1, changeNumber);
                return rows(
                        statement,
                        row -> new Description(
                                row.getString(1),
                                Optional.ofNullable(row.getString(2)),
                                strings(row.getArray(3)),
                                row.getLong(4)));
            }
        });
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> query(Connection connection, String sql, Collection<String> ids, Row<T> read)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            return rows(statement, read);
        }
    }

    private static <T> List<T> rows(PreparedStatement statement, Row<T> read) throws SQLException {
        List<T> all = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                all.add(read.of(row));
            }
        }
        return all;
    }

    private static List<String> strings(@org.jspecify.annotations.Nullable Array array) throws SQLException {
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }
}
