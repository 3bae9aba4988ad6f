package dev.milvuso.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.PostgresConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransientConnectionException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** A pool of connections to PostgreSQL. Safe for use by many threads. */
public final class Database implements AutoCloseable {
    private final HikariDataSource pool;

    /**
     * Connects on first use.
     *
     * @param client name of the pool, and of its connections on the server
     */
    public Database(PostgresConfig config, String client) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName(client);
        settings.setJdbcUrl(config.url());
        settings.setUsername(config.user());
        settings.setPassword(config.password());
        settings.setMaximumPoolSize(config.poolSize());
        settings.setMinimumIdle(1);
        settings.setConnectionTimeout(config.connectTimeout().toMillis());
        // Do not fail while constructing: whether the server is there is asked in start and in health.
        settings.setInitializationFailTimeout(-1);
        settings.addDataSourceProperty("ApplicationName", client);
        settings.addDataSourceProperty("reWriteBatchedInserts", "true");
        settings.addDataSourceProperty("socketTimeout", "30");
        pool = new HikariDataSource(settings);
    }

    /** Work on one connection. */
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Runs the work in one transaction: committed when it returns, rolled back when it throws.
     *
     * @throws Unavailable if the server does not answer
     * @throws StatementRefused if it answers that it will not
     */
    public <T> T transaction(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /**
     * Runs one statement, which the server commits by itself: nobody ever waits for a row because this process was
     * halted before it could say so.
     *
     * @throws Unavailable if the server does not answer
     * @throws StatementRefused if it answers that it will not
     */
    public <T> T statement(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(true);
            return work.on(connection);
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /**
     * Brings the schema up to this version's. Several deployables may do so at once; Flyway lets one at a time.
     *
     * @throws Unavailable if the server does not answer
     */
    public void migrate() {
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:dev/milvuso/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new Unavailable("postgres", "the schema could not be migrated: " + firstLine(e), e);
        }
    }

    /** @throws Unavailable if the server does not answer */
    public void ping() {
        transaction(connection -> connection.isValid(1));
    }

    @Override
    public void close() {
        pool.close();
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static RuntimeException translated(SQLException e) {
        String state = e.getSQLState();
        // 08 connection, 53 out of resources, 57P shutting down, 40 rolled back for another transaction's sake
        boolean passing = state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || state.startsWith("40");
        boolean away =
                e instanceof SQLTransientConnectionException || (passing && !(e instanceof SQLNonTransientException));
        return away
                ? new Unavailable("postgres", "PostgreSQL does not answer: " + firstLine(e), e)
                : new StatementRefused("PostgreSQL refused a statement: " + firstLine(e), e);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
