package dev.milvuso.trainer.online.postgres;

import dev.milvuso.postgres.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one row that says which trainer may write, and how long. Time is PostgreSQL's own, so that the clocks of the
 * trainers need not agree. Each call is one statement, so that a trainer that is halted holds no lock on the row, and
 * throws {@link dev.milvuso.component.Unavailable} if PostgreSQL does not answer.
 *
 * @param holder name of this trainer
 * @param time how long a lease lasts that is not renewed
 */
public record LeaseTable(Database database, String holder, Duration time) {
    private static final String TAKE = """
            update trainer_epoch
            set epoch = epoch + 1, holder = ?, held_until = clock_timestamp() + ? * interval '1 millisecond'
            where held_until is null or held_until < clock_timestamp() or holder = ?
            returning epoch""";

    private static final String RENEW = """
            update trainer_epoch set held_until = clock_timestamp() + ? * interval '1 millisecond' where epoch = ?""";

    /**
     * Takes the lease if nobody has it.
     *
     * @param mine a lease under {@code mine} is taken too, as that of this trainer before it died; "" for none
     * @return the epoch that begins so
     */
    OptionalLong take(String mine) {
        return database.statement(connection -> {
            try (PreparedStatement take = connection.prepareStatement(TAKE)) {
                take.setString(1, holder);
                take.setLong(2, time.toMillis());
                take.setString(3, mine);
                try (ResultSet row = take.executeQuery()) {
                    return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
                }
            }
        });
    }

    /** @return false if another epoch has begun */
    boolean renew(long epoch) {
        return database.statement(connection -> {
            try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
                renew.setLong(1, time.toMillis());
                renew.setLong(2, epoch);
                return renew.executeUpdate() == 1;
            }
        });
    }

    /** From now on anybody may take it. */
    void release(long epoch) {
        int unused = database.statement(connection -> {
            try (PreparedStatement release =
                    connection.prepareStatement("update trainer_epoch set held_until = null where epoch = ?")) {
                release.setLong(1, epoch);
                return release.executeUpdate();
            }
        });
    }

    /** Who has the lease, if anybody has. */
    public Optional<String> heldBy() {
        return database.statement(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                            "select holder from trainer_epoch where held_until >= clock_timestamp()");
                    ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            } catch (SQLException e) {
                throw new SQLException("the lease cannot be read: " + e.getMessage(), e.getSQLState(), e);
            }
        });
    }
}
