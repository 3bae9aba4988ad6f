package dev.milvuso.postgres;

import java.sql.SQLException;

/** PostgreSQL answered, and refused. The same statement with the same data will be refused again. */
public final class StatementRefused extends IllegalStateException {
    private final String state;

    StatementRefused(String message, SQLException cause) {
        super(message, cause);
        this.state = String.valueOf(cause.getSQLState());
    }

    /**
     * Whether the values are to blame (out of range, against a constraint, too large), not the statement, the schema or
     * the permissions, which an operator has to mend.
     */
    public boolean isForItsData() {
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }
}
