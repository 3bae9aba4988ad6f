package dev.milvuso.trainer.online;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops the rows of ids that were in no example for a time, and those unused longest where there is no room for others.
 * Time is that of the examples, so that the same log leaves the same rows. For one thread.
 */
final class Expiry {
    /** Rows of each kind that each example looks at, to find those that expire. */
    private static final int ROWS = 16;

    /** Times of rows are in units of about 16 seconds, so that 32 bits last for a thousand years. */
    private static final int TICK = 14;

    private final FactorModel model;
    private final Dropped dropped;
    private final int after;
    private List<Gone> gone = new ArrayList<>();
    private int clock;
    private final RowLimit users;
    private final RowLimit items;
    private int userHand;
    private int itemHand;
    private boolean anyGone;

    /**
     * @param after how long a row stays unused; zero: for ever
     * @param mostRows of users, and of items; 0: as many as the heap allows
     * @param dropped told of each row that goes
     */
    Expiry(FactorModel model, Duration after, int mostRows, Dropped dropped) {
        this.dropped = dropped;
        this.model = model;
        this.users = new RowLimit(model, Kind.USER, mostRows);
        this.items = new RowLimit(model, Kind.ITEM, mostRows);
        this.after = ticks(after.toMillis() + (1 << TICK) - 1);
    }

    /** Is told of rows that are nobody's any more. */
    interface Dropped {
        void dropped(Kind kind, int row);
    }

    static int ticks(long millis) {
        return (int) (millis >> TICK);
    }

    /** Whether a row may have gone from one id to another. */
    boolean anyGone() {
        return anyGone;
    }

    /** To be called before an id of this kind gets a row. */
    void makeRoom(Kind kind) {
        RowLimit limit = kind == Kind.USER ? users : items;
        ParameterTable table = kind == Kind.USER ? model.users() : model.items();
        limit.makeRoom(row -> drop(kind, table, row));
    }

    /** Drops a user's row. @return whether there was one */
    boolean forget(String user) {
        return model.users().expel(user, row -> drop(Kind.USER, model.users(), row));
    }

    private void drop(Kind kind, ParameterTable table, int row) {
        gone.add(new Gone(kind, row, table.id(row)));
        dropped.dropped(kind, row);
        anyGone = true;
    }

    /** How many rows had to make room for others. */
    long madeRoom(Kind kind) {
        return (kind == Kind.USER ? users : items).gone();
    }

    /**
     * An example has used these rows, and time has come to its own.
     *
     * @param accepted in milliseconds since 1970
     * @param user its row, negative if it has none
     * @param item as the user
     */
    void used(long accepted, int user, int item) {
        at(accepted);
        if (user >= 0) {
            model.users().used(user, clock);
        }
        if (item >= 0) {
            model.items().used(item, clock);
        }
        if (after > 0) {
            userHand = look(Kind.USER, model.users(), userHand);
            itemHand = look(Kind.ITEM, model.items(), itemHand);
        }
    }

    private int look(Kind kind, ParameterTable table, int hand) {
        return table.expire(hand, ROWS, clock - after, row -> drop(kind, table, row));
    }

    /**
     * It is not earlier than that, in milliseconds since 1970: for examples that do not say when they were accepted.
     */
    void at(long millis) {
        clock = Math.max(clock, ticks(millis));
    }

    /** Hands over the rows that have expired since they were handed over last. */
    List<Gone> takeGone() {
        List<Gone> taken = gone;
        if (!taken.isEmpty()) {
            gone = new ArrayList<>();
        }
        return taken;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(clock);
        out.writeInt(userHand);
        out.writeInt(itemHand);
        out.writeBoolean(anyGone);
    }

    void read(DataInput in) throws IOException {
        clock = in.readInt();
        userHand = in.readInt();
        itemHand = in.readInt();
        anyGone = in.readBoolean();
    }
}
