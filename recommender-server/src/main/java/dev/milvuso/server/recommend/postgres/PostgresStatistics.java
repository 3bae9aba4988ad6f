package dev.milvuso.server.recommend.postgres;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.recommend.ItemPopularity;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code user_profile} and {@code item_statistics}. */
public final class PostgresStatistics {
    private final Database database;

    public PostgresStatistics(Database database) {
        this.database = database;
    }

    /** The users who acted last, the latest first; throws {@link dev.milvuso.component.Unavailable}. */
    public List<UserId> activeLast(int most) {
        return database.transaction(connection -> {
            List<UserId> users = new ArrayList<>();
            try (PreparedStatement select =
                    connection.prepareStatement("select user_id from user_profile order by last_at desc limit ?")) {
                select.setInt(1, most);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        users.add(new UserId(rows.getString(1)));
                    }
                }
            }
            return users;
        });
    }

    /** Statistics written since then; throws {@link dev.milvuso.component.Unavailable}. */
    public List<ItemPopularity> popularitySince(Instant since) {
        return database.transaction(connection -> {
            List<ItemPopularity> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select item_id, popularity, popularity_at,"
                    + " updated_at, trend from item_statistics where updated_at >= ? and popularity > 0")) {
                select.setTimestamp(1, Timestamp.from(since));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(new ItemPopularity(
                                new ItemId(rows.getString(1)),
                                rows.getDouble(2),
                                rows.getTimestamp(3).toInstant(),
                                rows.getTimestamp(4).toInstant(),
                                rows.getDouble(5)));
                    }
                }
            }
            return found;
        });
    }
}
