package dev.milvuso.server.rules.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.postgres.Database;
import dev.milvuso.server.rules.Rule;
import dev.milvuso.server.rules.RuleJson;
import dev.milvuso.server.rules.RuleStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table {@code business_rule}. */
public final class PostgresRules implements RuleStore {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresRules.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One writer at a time, so that the rules are not more than there may be. */
    private static final String ONE_WRITER = "lock table business_rule in share row exclusive mode";

    private final Database database;

    public PostgresRules(Database database) {
        this.database = database;
    }

    @Override
    public Written create(Rule rule) {
        return database.transaction(connection -> {
            run(connection, ONE_WRITER);
            Optional<Rule> there = find(connection, rule.name());
            return there.isPresent() ? new Written(Outcome.CONFLICT, there) : insert(connection, rule);
        });
    }

    @Override
    public Written put(Rule rule, OptionalLong expected) {
        return database.transaction(connection -> {
            run(connection, ONE_WRITER);
            Optional<Rule> there = find(connection, rule.name());
            if (expected.isPresent() && there.map(Rule::version).orElse(0L) != expected.getAsLong()) {
                return new Written(Outcome.CONFLICT, there);
            }
            return there.isEmpty()
                    ? insert(connection, rule)
                    : update(connection, rule, there.get().version() + 1);
        });
    }

    private static Written insert(Connection connection, Rule rule) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement("select count(*) from business_rule");
                ResultSet row = count.executeQuery()) {
            row.next();
            if (row.getInt(1) >= Rule.MOST) {
                return new Written(Outcome.TOO_MANY, Optional.empty());
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into business_rule (name, body) values (?, ?::jsonb)")) {
            insert.setString(1, rule.name());
            insert.setString(2, json(rule));
            insert.executeUpdate();
        }
        return new Written(Outcome.CREATED, Optional.of(rule.of(1)));
    }

    private static Written update(Connection connection, Rule rule, long version) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update business_rule set body = ?::jsonb,"
                + " version = ?, change_number = nextval('business_rule_change'), updated_at = now() where name = ?")) {
            update.setString(1, json(rule));
            update.setLong(2, version);
            update.setString(3, rule.name());
            update.executeUpdate();
        }
        return new Written(Outcome.REPLACED, Optional.of(rule.of(version)));
    }

    private static String json(Rule rule) {
        try {
            return JSON.writeValueAsString(RuleJson.write(rule));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rule " + rule.name() + " cannot be written as JSON", e);
        }
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        }
    }

    private static Optional<Rule> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select name, body, version from business_rule where name = ?")) {
            select.setString(1, name);
            return read(select).stream().findFirst();
        }
    }

    private static List<Rule> read(PreparedStatement select) throws SQLException {
        List<Rule> rules = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                try {
                    rules.add(RuleJson.read(JSON.readTree(row.getString(2)), row.getLong(3)));
                } catch (IllegalArgumentException | JsonProcessingException e) {
                    LOG.warn("rule {} in the table business_rule is passed over", row.getString(1), e);
                }
            }
        }
        return rules;
    }

    @Override
    public boolean delete(String name) {
        return database.transaction(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from business_rule where name = ?")) {
                delete.setString(1, name);
                return delete.executeUpdate() == 1;
            }
        });
    }

    @Override
    public Optional<All> readUnless(String mark) {
        return database.transaction(connection -> {
            String now = mark(connection);
            if (now.equals(mark)) {
                return Optional.empty();
            }
            try (PreparedStatement select =
                    connection.prepareStatement("select name, body, version from business_rule order by name")) {
                return Optional.of(new All(read(select), now));
            }
        });
    }

    private static String mark(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select concat_ws(' ', count(*),"
                        + " max(change_number), sum(change_number)) from business_rule");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }
}
