package dev.milvuso.server.experiment.postgres;

import dev.milvuso.postgres.Database;
import dev.milvuso.server.experiment.Definition;
import dev.milvuso.server.experiment.Moments;
import dev.milvuso.server.experiment.Outcome;
import dev.milvuso.server.experiment.OutcomeStore;
import dev.milvuso.server.experiment.UserSums;
import dev.milvuso.server.experiment.VariantSample;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table {@code experiment_user}: one row for each user of each experiment. */
public final class PostgresOutcomes implements OutcomeStore {
    private static final String ADD = """
            insert into experiment_user as known (experiment, user_id, variant, first_at, lists, shown, clicks,
                conversions, favours, againsts, first_clicks, second_clicks, seconds, degraded)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (experiment, user_id) do update set lists = known.lists + excluded.lists,
                shown = known.shown + excluded.shown, clicks = known.clicks + excluded.clicks,
                conversions = known.conversions + excluded.conversions, favours = known.favours + excluded.favours,
                againsts = known.againsts + excluded.againsts,
                first_clicks = known.first_clicks + excluded.first_clicks,
                second_clicks = known.second_clicks + excluded.second_clicks,
                seconds = known.seconds + excluded.seconds, degraded = known.degraded + excluded.degraded
            where excluded.first_at <= known.first_at + ? * interval '1 millisecond'
            """;

    /** What each outcome is of a user's sums. */
    private static final Map<Outcome, String> FORMULAS = Map.of(
            Outcome.CTR, "clicks::float8 / shown",
            Outcome.CONVERSION, "conversions::float8 / shown",
            Outcome.ENGAGEMENT, "favours::float8 / shown",
            Outcome.REFUSAL, "againsts::float8 / shown",
            Outcome.LATENCY, "seconds / lists",
            Outcome.DEGRADED, "degraded::float8 / lists");

    private static final String SAMPLES = "select variant, sum(1) users, count(*) filter (where measured) measured, "
            + FORMULAS.entrySet().stream()
                    .map(each -> mean(each.getKey().label(), each.getValue()))
                    .collect(Collectors.joining(", "))
            + ", " + mean("preference", "sign(first_clicks - second_clicks)::float8")
            + " from (select *, first_at < ? and shown > 0 and lists > 0 as measured from experiment_user"
            + " where experiment = ?) known group by variant";

    private final Database database;
    private final Duration window;

    /** @param window after a user's first list, in which lists count */
    public PostgresOutcomes(Database database, Duration window) {
        this.database = database;
        this.window = window;
    }

    private static String mean(String name, String formula) {
        return "coalesce(avg(" + formula + ") filter (where measured), 0) " + name + "_mean, coalesce(var_samp("
                + formula + ") filter (where measured), 0) " + name + "_variance";
    }

    @Override
    public void add(Collection<UserSums> sums) {
        // In one order, so that two instances do not lock each other out.
        List<UserSums> ordered = sums.stream()
                .sorted(Comparator.comparing(UserSums::experiment)
                        .thenComparing(UserSums::user)
                        .thenComparing(UserSums::servedAt))
                .toList();
        var unused = database.transaction(connection -> {
            try (PreparedStatement add = connection.prepareStatement(ADD)) {
                for (UserSums each : ordered) {
                    bind(add, each);
                    add.addBatch();
                }
                return add.executeBatch();
            }
        });
    }

    private void bind(PreparedStatement add, UserSums sums) throws SQLException {
        Object[] values = {
            sums.experiment(),
            sums.user(),
            sums.variant(),
            Timestamp.from(sums.servedAt()),
            sums.lists(),
            sums.shown(),
            sums.clicks(),
            sums.conversions(),
            sums.favours(),
            sums.againsts(),
            sums.firstClicks(),
            sums.secondClicks(),
            sums.seconds(),
            sums.degraded(),
            window.toMillis()
        };
        for (int i = 0; i < values.length; i++) {
            add.setObject(i + 1, values[i]);
        }
    }

    @Override
    public List<VariantSample> samples(Definition definition, Instant until) {
        return database.transaction(connection -> {
            List<VariantSample> samples = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(SAMPLES)) {
                select.setTimestamp(1, Timestamp.from(until));
                select.setString(2, definition.name());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        samples.add(sample(rows));
                    }
                }
            }
            return samples;
        });
    }

    private static VariantSample sample(ResultSet row) throws SQLException {
        Map<Outcome, Moments> moments = new EnumMap<>(Outcome.class);
        for (Outcome each : Outcome.values()) {
            moments.put(each, moments(row, each.label()));
        }
        return new VariantSample(row.getString("variant"), row.getLong("users"), moments, moments(row, "preference"));
    }

    private static Moments moments(ResultSet row, String name) throws SQLException {
        return new Moments(row.getLong("measured"), row.getDouble(name + "_mean"), row.getDouble(name + "_variance"));
    }
}
