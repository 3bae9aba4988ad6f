package dev.milvuso.trainer.registry.postgres;

import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.registry.Activated;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

/**
 * Which version was to be served and what came of it. Every call throws {@link dev.milvuso.component.Unavailable}
 * without PostgreSQL.
 */
public record ActivationTable(Database database) {
    private static final String SELECT =
            "select id, version, reason, state, message, predecessor, baseline from model_activation ";

    /**
     * Asks the trainer that has the lease to serve a version; what was asked before and is not done yet is refused.
     *
     * @return the number under which it is looked for
     */
    public long ask(String version, String reason) {
        return database.transaction(connection -> {
            try (PreparedStatement refuse = connection.prepareStatement(
                            "update model_activation set state = 'refused', ended_at = now(),"
                                    + " message = ? where state = 'asked'");
                    PreparedStatement insert = connection.prepareStatement(
                            "insert into model_activation (version, reason) values (?, ?) returning id")) {
                refuse.setString(1, "version " + version + " was asked for meanwhile");
                refuse.executeUpdate();
                insert.setString(1, version);
                insert.setString(2, reason);
                try (ResultSet row = insert.executeQuery()) {
                    if (!row.next()) {
                        throw new SQLException("model_activation gave no id");
                    }
                    return row.getLong(1);
                }
            }
        });
    }

    /** A trainer has begun to serve a version of itself. */
    public void started(String version) {
        int unused = database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into model_activation (version, reason, state, ended_at) values (?, 'start', 'done', clock_timestamp())")) {
                insert.setString(1, version);
                return insert.executeUpdate();
            }
        });
    }

    /** It has been compared with its predecessor, and is not again. */
    public void judged(long id) {
        int unused = database.transaction(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update model_activation set baseline = null where id = ?")) {
                update.setLong(1, id);
                return update.executeUpdate();
            }
        });
    }

    /** What is to be done next. */
    public Optional<Activated> asked() {
        return first(SELECT + "where state = 'asked' order by id desc limit 1", 0);
    }

    /** What was done last: the version served. */
    public Optional<Activated> served() {
        return first(SELECT + "where state = 'done' order by ended_at desc, id desc limit 1", 0);
    }

    public Optional<Activated> find(long id) {
        return first(SELECT + "where id = ?", id);
    }

    private Optional<Activated> first(String query, long id) {
        return database.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(query)) {
                if (id > 0) {
                    select.setLong(1, id);
                }
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(activated(row)) : Optional.empty();
                }
            }
        });
    }

    private static Activated activated(ResultSet row) throws SQLException {
        String predecessor = row.getString(6);
        double baseline = row.getDouble(7);
        boolean known = !row.wasNull();
        return new Activated(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                predecessor == null ? "" : predecessor,
                known ? baseline : -1);
    }

    /** @param baseline mean NDCG of what was served before; negative if it has ranked too few */
    public void done(long id, String predecessor, double baseline) {
        end(id, "done", "", predecessor, baseline);
    }

    /** @param message one sentence for an operator */
    public void refused(long id, String message) {
        end(id, "refused", message, "", -1);
    }

    private void end(long id, String state, String message, String predecessor, double baseline) {
        int unused = database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update model_activation set state = ?, message = ?, predecessor = nullif(?, ''), baseline = ?,"
                            + " ended_at = clock_timestamp() where id = ?")) {
                update.setString(1, state);
                update.setString(2, message);
                update.setString(3, predecessor);
                if (baseline < 0) {
                    update.setNull(4, Types.DOUBLE);
                } else {
                    update.setDouble(4, baseline);
                }
                update.setLong(5, id);
                return update.executeUpdate();
            }
        });
    }
}
