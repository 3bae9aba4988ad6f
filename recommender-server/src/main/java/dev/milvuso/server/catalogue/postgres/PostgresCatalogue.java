package dev.milvuso.server.catalogue.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.action.ItemId;
import dev.milvuso.item.Item;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.catalogue.CatalogueStore;
import dev.milvuso.server.catalogue.Change;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The table {@code item}. Deleted items stay as rows that say so, for those who follow. */
public final class PostgresCatalogue implements CatalogueStore {
    private static final String UPSERT = """
            insert into item (item_id, category, tags, popularity_score, created_at, title, description, attributes,
                hidden, embedding, available_from, available_until)
            values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
            on conflict (item_id) do update set category = excluded.category, tags = excluded.tags,
                popularity_score = excluded.popularity_score, created_at = excluded.created_at,
                title = excluded.title, description = excluded.description, attributes = excluded.attributes,
                hidden = excluded.hidden, embedding = excluded.embedding, deleted = false,
                available_from = excluded.available_from, available_until = excluded.available_until,
                change_number = nextval('item_change'), updated_at = now()
            """;

    private final Database database;
    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    public PostgresCatalogue(Database database) {
        this.database = database;
    }

    @Override
    public Written put(List<Item> items) {
        // In the order of ids, so that two writers of the same items do not lock each other out.
        Map<ItemId, Item> byId = new TreeMap<>();
        items.forEach(item -> byId.put(item.id(), item));
        return database.transaction(connection -> {
            Set<String> before = existing(connection, byId.keySet());
            try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
                for (Item item : byId.values()) {
                    bind(connection, upsert, item);
                    upsert.addBatch();
                }
                upsert.executeBatch();
            }
            return new Written(numbered(connection, byId), byId.size() - before.size());
        });
    }

    private static Set<String> existing(Connection connection, Set<ItemId> ids) throws SQLException {
        Set<String> found = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select item_id from item where item_id = any (?) and not deleted order by item_id for update")) {
            select.setArray(1, ids(connection, ids));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private static List<Change> numbered(Connection connection, Map<ItemId, Item> items) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select item_id, change_number from item where item_id = any (?)")) {
            select.setArray(1, ids(connection, items.keySet()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ItemId id = new ItemId(rows.getString(1));
                    changes.add(new Change(id, rows.getLong(2), Optional.ofNullable(items.get(id))));
                }
            }
        }
        return changes;
    }

    private static Array ids(Connection connection, Set<ItemId> ids) throws SQLException {
        return connection.createArrayOf("text", ids.stream().map(ItemId::value).toArray());
    }

    private void bind(Connection connection, PreparedStatement upsert, Item item) throws SQLException {
        upsert.setString(1, item.id().value());
        upsert.setString(2, item.category().orElse(null));
        upsert.setArray(3, connection.createArrayOf("text", item.tags().toArray()));
        upsert.setDouble(4, item.popularityScore());
        upsert.setTimestamp(5, Timestamp.from(item.createdAt()));
        upsert.setString(6, item.title().orElse(null));
        upsert.setString(7, item.description().orElse(null));
        upsert.setString(8, write(item.attributes()));
        upsert.setBoolean(9, item.hidden());
        upsert.setArray(
                10,
                item.embedding().isEmpty()
                        ? null
                        : connection.createArrayOf(
                                "float4", boxed(item.embedding().get())));
        upsert.setTimestamp(11, item.availableFrom().map(Timestamp::from).orElse(null));
        upsert.setTimestamp(12, item.availableUntil().map(Timestamp::from).orElse(null));
    }

    private static Object[] boxed(float[] vector) {
        Object[] boxed = new Object[vector.length];
        Arrays.setAll(boxed, i -> vector[i]);
        return boxed;
    }

    private String write(Map<String, Object> attributes) {
        try {
            return json.writeValueAsString(attributes);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("attributes cannot be written as JSON", e);
        }
    }

    @Override
    public Optional<Change> delete(ItemId id) {
        return database.transaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update item set deleted = true, change_number = nextval('item_change'), updated_at = now()"
                            + " where item_id = ? and not deleted returning change_number")) {
                update.setString(1, id.value());
                try (ResultSet row = update.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Change(id, row.getLong(1), Optional.empty()))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public Optional<Change> patch(ItemId id, UnaryOperator<Item> change) {
        return database.transaction(connection -> {
            Optional<Item> there = locked(connection, id);
            if (there.isEmpty()) {
                return Optional.empty();
            }
            Item next = change.apply(there.get());
            try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
                bind(connection, upsert, next);
                upsert.executeUpdate();
            }
            return numbered(connection, Map.of(id, next)).stream().findFirst();
        });
    }

    private Optional<Item> locked(Connection connection, ItemId id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from item where item_id = ? and not deleted for update")) {
            select.setString(1, id.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? change(row).item() : Optional.empty();
            }
        }
    }

    @Override
    public List<Change> changesAfter(long number, int limit) {
        return database.transaction(connection -> {
            List<Change> changes = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select * from item where change_number > ? order by change_number limit ?")) {
                select.setLong(1, number);
                select.setInt(2, limit);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        changes.add(change(rows));
                    }
                }
            }
            return changes;
        });
    }

    private Change change(ResultSet row) throws SQLException {
        ItemId id = new ItemId(row.getString("item_id"));
        long number = row.getLong("change_number");
        if (row.getBoolean("deleted")) {
            return new Change(id, number, Optional.empty());
        }
        Item item = new Item(
                id,
                Optional.ofNullable(row.getString("category")),
                List.of((String[]) row.getArray("tags").getArray()),
                row.getDouble("popularity_score"),
                row.getTimestamp("created_at").toInstant(),
                Optional.ofNullable(row.getString("title")),
                Optional.ofNullable(row.getString("description")),
                read(row.getString("attributes")),
                row.getBoolean("hidden"),
                Optional.ofNullable(row.getArray("embedding")).map(PostgresCatalogue::vector),
                time(row, "available_from"),
                time(row, "available_until"));
        return new Change(id, number, Optional.of(item));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    private static float[] vector(Array array) {
        try {
            Float[] boxed = (Float[]) array.getArray();
            float[] vector = new float[boxed.length];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = boxed[i];
            }
            return vector;
        } catch (SQLException e) {
            throw new IllegalStateException("an embedding in the table item is not an array of numbers", e);
        }
    }

    private Map<String, Object> read(String attributes) {
        try {
            return json.readValue(attributes, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("attributes in the table item are not an object", e);
        }
    }
}
