package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Entity;
import java.util.List;

/** Walks through two ordered sources side by side. */
final class RowPairs {
    /** Hears of each row of either, in order. */
    interface Listener {
        void same(Entity row);

        void different(String partition, Entity first, Entity second);

        void onlyFirst(String partition, Entity row);

        void onlySecond(String partition, Entity row);
    }

    private final RowEquality equality;

    RowPairs(RowEquality equality) {
        this.equality = equality;
    }

    void walk(RowSource first, RowSource second, Listener listener) {
        refuseUnordered(first);
        refuseUnordered(second);
        try (Cursor one = new Cursor(first.behind(Mark.START));
                Cursor other = new Cursor(second.behind(Mark.START))) {
            while (one.isThere() || other.isThere()) {
                int order = !one.isThere() ? 1 : !other.isThere() ? -1 : one.compareTo(other);
                if (order < 0) {
                    listener.onlyFirst(one.partition(), one.take());
                } else if (order > 0) {
                    listener.onlySecond(other.partition(), other.take());
                } else {
                    pair(one.partition(), one.take(), other.take(), listener);
                }
            }
        }
    }

    private void pair(String partition, Entity first, Entity second, Listener listener) {
        if (equality.areEqual(first, second)) {
            listener.same(first);
        } else {
            listener.different(partition, first, second);
        }
    }

    private static void refuseUnordered(RowSource source) {
        if (!source.isOrdered()) {
            throw new IllegalArgumentException("the rows of " + source.schema().name()
                    + " are not in the order of their keys: cannot be compared");
        }
    }

    private static final class Cursor implements AutoCloseable {
        private final RowSource.Rows batches;
        private String partition = "";
        private List<Entity> rows = List.of();
        private int at;

        Cursor(RowSource.Rows batches) {
            this.batches = batches;
        }

        boolean isThere() {
            if (at == rows.size() && batches.hasNext()) {
                RowBatch batch = batches.next();
                partition = batch.partition();
                rows = batch.rows();
                at = 0;
            }
            return at < rows.size();
        }

        String partition() {
            return partition;
        }

        Entity take() {
            return rows.get(at++);
        }

        int compareTo(Cursor other) {
            int byPartition = partition.compareTo(other.partition);
            return byPartition != 0
                    ? byPartition
                    : rows.get(at)
                            .key()
                            .orElseThrow()
                            .compareTo(other.rows.get(other.at).key().orElseThrow());
        }

        @Override
        public void close() {
            batches.close();
        }
    }
}
