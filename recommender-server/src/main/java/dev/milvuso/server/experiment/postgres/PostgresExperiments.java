package dev.milvuso.server.experiment.postgres;

import dev.milvuso.postgres.Database;
import dev.milvuso.server.experiment.Definition;
import dev.milvuso.server.experiment.Experiment;
import dev.milvuso.server.experiment.ExperimentStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code experiment}. What changes states locks it: that is rare, and parts of a layer must not overlap. */
public final class PostgresExperiments implements ExperimentStore {
    private static final int MOST = 1000;
    private static final double TOLERANCE = 1e-9;

    private final Database database;

    public PostgresExperiments(Database database) {
        this.database = database;
    }

    @Override
    public List<Experiment> all() {
        return database.transaction(PostgresExperiments::all);
    }

    private static List<Experiment> all(Connection connection) throws SQLException {
        List<Experiment> found = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select * from experiment order by created_at, name");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(read(rows));
            }
        }
        return found;
    }

    private static Experiment read(ResultSet row) throws SQLException {
        return new Experiment(
                DefinitionJson.read(row.getString("definition")),
                Experiment.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getDouble("lower_bound"),
                instant(row.getTimestamp("started_at")),
                instant(row.getTimestamp("ended_at")),
                row.getString("message"),
                Optional.ofNullable(row.getString("winner")));
    }

    private static Optional<Instant> instant(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }

    @Override
    public Optional<Experiment> find(String name) {
        return database.transaction(connection -> find(connection, name));
    }

    private static Optional<Experiment> find(Connection connection, String name) throws SQLException {
        return all(connection).stream().filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public void add(Definition definition) {
        change(connection -> {
            List<Experiment> there = all(connection);
            if (there.stream().anyMatch(each -> each.name().equals(definition.name()))) {
                throw new Conflict("there is an experiment of the name " + definition.name() + " already");
            }
            if (there.size() >= MOST) {
                throw new Conflict("there are " + MOST + " experiments: delete some first");
            }
            update(
                    connection,
                    "insert into experiment (name, definition) values (?, ?::jsonb)",
                    definition.name(),
                    DefinitionJson.write(definition));
            return true;
        });
    }

    @Override
    public boolean replace(Definition definition) {
        return changeOne(definition.name(), (connection, there) -> {
            require(there, "it can be changed as a draft only", Experiment.State.DRAFT);
            update(
                    connection,
                    "update experiment set definition = ?::jsonb where name = ?",
                    DefinitionJson.write(definition),
                    definition.name());
        });
    }

    @Override
    public boolean delete(String name) {
        return changeOne(name, (connection, there) -> {
            require(
                    there,
                    "stop it first",
                    Experiment.State.DRAFT,
                    Experiment.State.STOPPED,
                    Experiment.State.CONCLUDED);
            update(connection, "delete from experiment_user where experiment = ?", name);
            update(connection, "delete from experiment where name = ?", name);
        });
    }

    @Override
    public boolean start(String name) {
        return changeOne(name, (connection, there) -> {
            require(there, "only a draft can be started", Experiment.State.DRAFT);
            double from = room(all(connection), there.definition());
            update(
                    connection,
                    "update experiment set state = 'running', started_at = now(), lower_bound = ? where name = ?",
                    from,
                    name);
        });
    }

    /** The first gap of the layer that is wide enough. */
    private static double room(List<Experiment> all, Definition wanted) {
        double from = 0;
        List<Experiment> running = all.stream()
                .filter(each -> each.state() == Experiment.State.RUNNING)
                .filter(each -> each.definition().layer().equals(wanted.layer()))
                .sorted(Comparator.comparingDouble(Experiment::from))
                .toList();
        for (Experiment each : running) {
            if (each.from() - from >= wanted.share() - TOLERANCE) {
                return from;
            }
            from = each.from() + each.definition().share();
        }
        if (from + wanted.share() > 1 + TOLERANCE) {
            throw new Conflict("the layer " + wanted.layer() + " has no room for a share of " + wanted.share()
                    + ": stop one of the " + running.size() + " that run in it, or take another layer");
        }
        return from;
    }

    @Override
    public boolean stop(String name, String message) {
        return changeOne(name, (connection, there) -> {
            require(there, "it does not run", Experiment.State.RUNNING);
            update(
                    connection,
                    "update experiment set state = 'stopped', ended_at = now(), message = ? where name = ?",
                    message,
                    name);
        });
    }

    @Override
    public boolean conclude(String name, String winner) {
        return changeOne(name, (connection, there) -> {
            require(
                    there,
                    "it was never started",
                    Experiment.State.RUNNING,
                    Experiment.State.STOPPED,
                    Experiment.State.CONCLUDED);
            update(
                    connection,
                    "update experiment set state = 'concluded', ended_at = now(), winner = ? where name = ?",
                    winner,
                    name);
        });
    }

    private static void require(Experiment there, String otherwise, Experiment.State... allowed) {
        if (!List.of(allowed).contains(there.state())) {
            throw new Conflict(there.name() + " is " + there.state().label() + ": " + otherwise);
        }
    }

    private interface Change {
        void on(Connection connection, Experiment there) throws SQLException;
    }

    private boolean changeOne(String name, Change change) {
        return change(connection -> {
            Optional<Experiment> there = find(connection, name);
            if (there.isPresent()) {
                change.on(connection, there.get());
            }
            return there.isPresent();
        });
    }

    private boolean change(Database.Work<Boolean> work) {
        return database.transaction(connection -> {
            update(connection, "lock table experiment in share row exclusive mode");
            return work.on(connection);
        });
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
