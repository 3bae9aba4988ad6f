package dev.milvuso.trainer.registry.postgres;

import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.registry.HourOfModel;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;

/** How versions do online, by hour. Every call throws {@link dev.milvuso.component.Unavailable} without PostgreSQL. */
public record HourTable(Database database) {
    /** Counts more examples and positives into an hour of a version. */
    public void add(String version, HourOfModel more) {
        int unused = database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into model_hour values (?, ?, ?, ?, ?, ?)
                    on conflict (version, hour) do update set
                        examples = model_hour.examples + excluded.examples, loss = model_hour.loss + excluded.loss,
                        positives = model_hour.positives + excluded.positives, ndcg = model_hour.ndcg + excluded.ndcg""")) {
                insert.setString(1, version);
                insert.setTimestamp(2, new Timestamp(more.hour()));
                insert.setLong(3, more.examples());
                insert.setDouble(4, more.loss() * more.examples());
                insert.setLong(5, more.positives());
                insert.setDouble(6, more.ndcg() * more.positives());
                return insert.executeUpdate();
            }
        });
    }

    /** The newest first. */
    public List<HourOfModel> of(String version) {
        return database.transaction(connection -> {
            List<HourOfModel> hours = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select hour, examples, loss, positives, ndcg"
                    + " from model_hour where version = ? order by hour desc")) {
                select.setString(1, version);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        long examples = row.getLong(2);
                        long positives = row.getLong(4);
                        hours.add(new HourOfModel(
                                row.getTimestamp(1).getTime(),
                                examples,
                                examples == 0 ? 0 : row.getDouble(3) / examples,
                                positives,
                                positives == 0 ? 0 : row.getDouble(5) / positives));
                    }
                }
            }
            return hours;
        });
    }
}
