package dev.milvuso.trainer.online.postgres;

import dev.milvuso.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The number of starts of a trainer so far: whoever has the newest is the one whose vectors count.
 *
 * @param value from 1
 */
public record TrainerEpoch(Database database, long value) {
    /** @throws dev.milvuso.component.Unavailable if PostgreSQL does not answer */
    public static TrainerEpoch next(Database database) {
        return new TrainerEpoch(
                database, number(database, "update trainer_epoch set epoch = epoch + 1 returning epoch"));
    }

    /**
     * Whether no other trainer has started since.
     *
     * @throws dev.milvuso.component.Unavailable if PostgreSQL does not answer
     */
    public boolean isNewest() {
        return number(database, "select epoch from trainer_epoch") == value;
    }

    private static long number(Database database, String query) {
        return database.transaction(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                if (!row.next()) {
                    throw new SQLException("trainer_epoch has no row");
                }
                return row.getLong(1);
            }
        });
    }
}
