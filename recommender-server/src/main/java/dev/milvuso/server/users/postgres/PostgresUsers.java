package dev.milvuso.server.users.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.users.Acted;
import dev.milvuso.server.users.UserProfile;
import dev.milvuso.server.users.UserRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The tables {@code user_profile}, {@code user_item} and {@code erased_user}. */
public final class PostgresUsers implements UserRecord {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;

    public PostgresUsers(Database database) {
        this.database = database;
    }

    @Override
    public Optional<UserProfile> profile(UserId user) {
        return database.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select actions, first_at, last_at,"
                    + " recent_items, profile from user_profile where user_id = ?")) {
                select.setString(1, user.value());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(profile(row)) : Optional.empty();
                }
            }
        });
    }

    private static UserProfile profile(ResultSet row) throws SQLException {
        JsonNode more = tree(row.getString(5));
        Map<String, Double> interests = new HashMap<>();
        more.path("interests")
                .properties()
                .forEach(each -> interests.put(each.getKey(), each.getValue().asDouble()));
        List<ItemId> recent =
                new ArrayList<>(Arrays.stream((String[]) row.getArray(4).getArray())
                        .map(ItemId::new)
                        .toList());
        Collections.reverse(recent);
        return new UserProfile(
                row.getLong(1),
                more.path("positive_actions").asLong(),
                more.path("days_active").asLong(),
                row.getTimestamp(2).toInstant(),
                row.getTimestamp(3).toInstant(),
                recent,
                interests,
                Instant.ofEpochMilli(more.path("interests_at").asLong()));
    }

    private static JsonNode tree(String profile) {
        try {
            return JSON.readTree(profile);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a profile in the table user_profile is not JSON", e);
        }
    }

    @Override
    public List<Acted> history(UserId user, Optional<Acted> after, int limit) {
        String rest = after.isEmpty() ? "" : " and (last_at, item_id collate \"C\") < (?, ? collate \"C\")";
        return database.transaction(connection -> {
            List<Acted> page = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select item_id, last_at, action_type,"
                    + " value from user_item"
                    + " where user_id = ?" + rest + " order by last_at desc, item_id collate \"C\" desc limit ?")) {
                int next = 1;
                select.setString(next++, user.value());
                if (after.isPresent()) {
                    select.setTimestamp(next++, Timestamp.from(after.get().lastAt()));
                    select.setString(next++, after.get().item().value());
                }
                select.setInt(next, limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        page.add(acted(row));
                    }
                }
            }
            return page;
        });
    }

    private static Acted acted(ResultSet row) throws SQLException {
        double value = row.getDouble(4);
        OptionalDouble carried = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
        return new Acted(
                new ItemId(row.getString(1)),
                row.getTimestamp(2).toInstant(),
                Optional.ofNullable(row.getString(3)),
                carried);
    }

    @Override
    public List<UserId> page(Optional<UserId> after, int limit) {
        return database.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select user_id from user_profile where user_id > ? order by user_id limit ?")) {
                select.setString(1, after.map(UserId::value).orElse(""));
                select.setInt(2, limit);
                return users(select);
            }
        });
    }

    private static List<UserId> users(PreparedStatement select) throws SQLException {
        List<UserId> users = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                users.add(new UserId(row.getString(1)));
            }
        }
        return users;
    }

    @Override
    public void erase(UserId user) {
        boolean unused = database.transaction(connection -> {
            run(
                    connection,
                    "insert into erased_user (user_id) values (?) on conflict (user_id) do update set"
                            + " erased_at = now(), change_number = nextval('erased_user_change'), vectors_gone = false",
                    user);
            run(connection, "delete from user_profile where user_id = ?", user);
            run(connection, "delete from user_item where user_id = ?", user);
            run(connection, "delete from experiment_user where user_id = ?", user);
            return true;
        });
    }

    private static void run(Connection connection, String statement, UserId user) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.setString(1, user.value());
            prepared.executeUpdate();
        }
    }

    @Override
    public List<UserId> withVectors(int limit) {
        return database.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select user_id from erased_user" + " where not vectors_gone order by change_number limit ?")) {
                select.setInt(1, limit);
                return users(select);
            }
        });
    }

    @Override
    public void vectorsAreGone(UserId user) {
        boolean unused = database.transaction(connection -> {
            run(connection, "update erased_user set vectors_gone = true where user_id = ?", user);
            return true;
        });
    }
}
