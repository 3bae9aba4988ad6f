package dev.milvuso.trainer.online;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one table from growing without end: when a new id needs a row that there may not be, some row of the sixteenth
 * that was unused longest goes. For one thread.
 */
final class RowLimit {
    private static final Logger LOG = LoggerFactory.getLogger(RowLimit.class);

    /** Share of the heap that both tables may take where no number of rows is given. */
    private static final double HEAP = 0.4;

    /** What a table may take of that in any case, however much the other one has. */
    private static final int OWN = 4;

    private static final int OLDEST = 16;
    private static final int SAMPLE = 4096;
    private static final int ROWS_AT_ONCE = 64;

    /** So many rows are looked at for one that is old enough before it is found out anew what that means. */
    private static final int PATIENCE = 2048;

    private final FactorModel model;
    private final Kind kind;
    private final ParameterTable table;
    private final int most;
    private final long budget;
    private long gone;
    private int hand;
    private int before;

    /** @param most rows; 0: as many as the heap allows */
    RowLimit(FactorModel model, Kind kind, int most) {
        this(model, kind, most, (long) (HEAP * Runtime.getRuntime().maxMemory()));
    }

    /** @param budget bytes of both tables, where {@code most} is 0 */
    RowLimit(FactorModel model, Kind kind, int most, long budget) {
        this.model = model;
        this.kind = kind;
        this.table = kind == Kind.USER ? model.users() : model.items();
        this.most = most;
        this.budget = budget;
    }

    /** How many rows have gone for others. */
    long gone() {
        return gone;
    }

    /**
     * To be called before an id gets a row.
     *
     * @param expired told of each row before it goes
     */
    void makeRoom(IntConsumer expired) {
        int looked = PATIENCE;
        while (isFull()) {
            if (looked >= PATIENCE) {
                before = oldEnough();
                looked = 0;
            }
            int live = table.live();
            hand = table.expire(hand, ROWS_AT_ONCE, before, expired);
            looked += ROWS_AT_ONCE;
            count(live - table.live());
            if (table.live() < live) {
                return;
            }
        }
    }

    private boolean isFull() {
        if (most > 0) {
            return table.live() >= most;
        }
        return table.isFilled()
                && table.bytes() > budget / OWN
                && model.users().bytes() + model.items().bytes() > budget;
    }

    /** A time before which at least one of sixteen rows was used last, as far as a sample tells. */
    private int oldEnough() {
        int size = table.size();
        int[] used = new int[Math.min(SAMPLE, size)];
        int taken = 0;
        for (int n = 0; n < used.length; n++) {
            int row = (int) ((long) n * size / used.length);
            if (table.isLive(row)) {
                used[taken++] = table.lastUsed(row);
            }
        }
        Arrays.sort(used, 0, taken);
        return 1 + (taken == 0 ? Integer.MAX_VALUE - 1 : used[taken / OLDEST]);
    }

    private void count(int rows) {
        long past = gone;
        gone += rows;
        if (rows > 0 && (past == 0 || Long.numberOfLeadingZeros(past) != Long.numberOfLeadingZeros(gone))) {
            LOG.warn(
                    "there is no room for more than {} {}s ({} MiB): those unused longest make room for new ones, {} so far;"
                            + " online.max_rows (now {}) or a larger heap (-Xmx) leaves them",
                    table.live(),
                    kind.label(),
                    table.bytes() >> 20,
                    gone,
                    most);
        }
    }
}
