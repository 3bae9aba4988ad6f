package dev.milvuso.trainer.online.postgres;

import dev.milvuso.postgres.Database;
import java.sql.ResultSet;
import java.sql.Statement;

/** The number of starts of a trainer so far: whoever has the newest is the one whose vectors count. */
public final class TrainerEpoch {
    private TrainerEpoch() {}

    /** @throws dev.milvuso.component.Unavailable if PostgreSQL does not answer */
    public static long next(Database database) {
        return database.transaction(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("update trainer_epoch set epoch = epoch + 1 returning epoch")) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
