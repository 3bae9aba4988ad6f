package dev.milvuso.server.guest.postgres;

import dev.milvuso.action.UserId;
import dev.milvuso.postgres.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** When users acted first, by {@code user_profile}. */
public record FirstAction(Database database, Clock clock) implements Function<UserId, Instant> {
    /** Who has no profile yet has come lately. */
    private static final Duration LATELY = Duration.ofHours(1);

    private static final Duration SPARE = Duration.ofMinutes(1);

    /** @throws dev.milvuso.component.Unavailable if PostgreSQL does not answer */
    @Override
    public Instant apply(UserId user) {
        Instant lately = clock.instant().minus(LATELY);
        return database.transaction(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select first_at from user_profile where user_id = ?")) {
                select.setString(1, user.value());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getTimestamp(1).toInstant().minus(SPARE) : lately;
                }
            }
        });
    }
}
