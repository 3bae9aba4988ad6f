package dev.milvuso.trainer.online;

import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.HashMap;
import java.util.Map;

/** Which rows of a model have moved since they were handed over, so that they can be published. For one thread. */
final class MovedRows {
    private final ParameterTable userTable;
    private final ParameterTable itemTable;
    private final Moved users = new Moved();
    private final Moved items = new Moved();
    private final Map<Integer, Long> acceptedAt = new HashMap<>();

    MovedRows(FactorModel model) {
        userTable = model.users();
        itemTable = model.items();
    }

    /** A user's row is about to move, as may be in passing only. */
    void movingUser(int row) {
        users.inPassing(row);
        userTable.moving(row);
    }

    /** As {@link #movingUser}, of an item. */
    void movingItem(int row) {
        items.inPassing(row);
        itemTable.moving(row);
    }

    /**
     * An example of their own has moved two rows.
     *
     * @param accepted in milliseconds since 1970
     */
    void byExample(int user, int item, long accepted) {
        users.byExample(user);
        items.byExample(item);
        acceptedAt.merge(user, accepted, Math::max);
    }

    /** Hands over those that new examples have moved. */
    void drain(Touched userRows, Touched itemRows) {
        users.drain(row -> ifLive(userTable, row, acceptedAt.getOrDefault(row, 0L), userRows));
        items.drain(row -> ifLive(itemTable, row, 0, itemRows));
        acceptedAt.clear();
    }

    /** Hands over those that have moved only in passing: as negatives, in rehearsal. */
    void drainPassing(Touched userRows, Touched itemRows) {
        users.drainPassing(row -> ifLive(userTable, row, 0, userRows));
        items.drainPassing(row -> ifLive(itemTable, row, 0, itemRows));
    }

    private static void ifLive(ParameterTable table, int row, long accepted, Touched rows) {
        if (table.isLive(row)) {
            rows.row(row, accepted);
        }
    }

    /** From now on every row counts as moved. */
    void all() {
        users.all(userTable.size());
        items.all(itemTable.size());
    }
}
