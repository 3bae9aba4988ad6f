package dev.milvuso.trainer.registry.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.registry.RegisteredModel;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every version that was trained. Every call throws {@link dev.milvuso.component.Unavailable} without PostgreSQL. */
public record ModelTable(Database database) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> NAMED = new TypeReference<>() {};
    private static final TypeReference<Map<Integer, Long>> OFFSETS = new TypeReference<>() {};

    private static final String INSERT = """
            insert into model_version (version, origin, created_at, data, cut, configuration, seed, metrics, artefact)
            values (?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?::jsonb, ?)
            on conflict (version)""";

    private static final String SELECT =
            "select version, origin, created_at, data, cut, configuration, seed, metrics, artefact from model_version ";

    /** @throws IllegalArgumentException if there is one of this name */
    public void add(RegisteredModel model) {
        if (write(model, " do nothing") == 0) {
            throw new IllegalArgumentException(
                    "model version " + model.version() + " is registered already: choose another name");
        }
    }

    /** Adds it, or brings cut, metrics and artefact of the one that is there up to date. */
    public void put(RegisteredModel model) {
        int unused = write(
                model,
                " do update set cut = excluded.cut, metrics = excluded.metrics, artefact = excluded.artefact,"
                        + " data = excluded.data");
    }

    private int write(RegisteredModel model, String conflict) {
        return database.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT + conflict)) {
                insert.setString(1, model.version());
                insert.setString(2, model.origin().name().toLowerCase(Locale.ROOT));
                insert.setTimestamp(3, new Timestamp(model.createdAt()));
                insert.setString(4, json(model.data()));
                insert.setString(5, json(model.cut()));
                insert.setString(6, json(model.configuration()));
                insert.setLong(7, model.seed());
                insert.setString(8, json(model.metrics()));
                insert.setString(9, model.artefact());
                return insert.executeUpdate();
            }
        });
    }

    public Optional<RegisteredModel> find(String version) {
        return database.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + "where version = ?")) {
                select.setString(1, version);
                return models(select).stream().findFirst();
            }
        });
    }

    /** The newest first. */
    public List<RegisteredModel> all() {
        return database.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + "order by created_at desc, version")) {
                return models(select);
            }
        });
    }

    private static List<RegisteredModel> models(PreparedStatement select) throws SQLException {
        List<RegisteredModel> models = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                models.add(new RegisteredModel(
                        rows.getString(1),
                        RegisteredModel.Origin.valueOf(rows.getString(2).toUpperCase(Locale.ROOT)),
                        rows.getTimestamp(3).getTime(),
                        read(rows.getString(4), NAMED),
                        read(rows.getString(5), OFFSETS),
                        read(rows.getString(6), NAMED),
                        rows.getLong(7),
                        read(rows.getString(8), NAMED),
                        rows.getString(9)));
            }
        }
        return models;
    }

    private static String json(Map<?, ?> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a model's description cannot be written as JSON", e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) throws SQLException {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new SQLException("model_version holds JSON of another form: " + e.getOriginalMessage(), e);
        }
    }
}
