package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.transfer.part.RowLine;
import java.util.ArrayList;
import java.util.List;

/** Writes into a collection what a source has otherwise. */
final class CatchUp {
    private final RowSource source;
    private final VectorStore target;
    private final CollectionSchema schema;

    CatchUp(RowSource source, VectorStore target, CollectionSchema schema) {
        this.source = source;
        this.target = target;
        this.schema = schema;
    }

    Comparison run(Progress progress) {
        Tally tally = new Tally(new RowLine(source.schema()), source.count(), progress);
        Repair repair = new Repair(tally, BatchSize.rows(schema));
        new RowPairs(new RowEquality(schema)).walk(source, new StoreRows(target, schema.name()), repair);
        repair.flush();
        return tally.comparison();
    }

    /** Everything it writes lies behind what has been read: the walk does not meet it again. */
    private final class Repair implements RowPairs.Listener {
        private final Tally tally;
        private final int batch;
        private final List<Entity> written = new ArrayList<>();
        private final List<Id> deleted = new ArrayList<>();
        private String partition = "";

        Repair(Tally tally, int batch) {
            this.tally = tally;
            this.batch = batch;
        }

        @Override
        public void same(Entity row) {
            tally.same(row);
        }

        @Override
        public void different(String in, Entity first, Entity second) {
            tally.different(in, first, second);
            write(in, first);
        }

        @Override
        public void onlyFirst(String in, Entity row) {
            tally.onlyFirst(in, row);
            write(in, row);
        }

        @Override
        public void onlySecond(String in, Entity row) {
            tally.onlySecond(in, row);
            deleted.add(row.key().orElseThrow());
            if (deleted.size() == batch) {
                flush();
            }
        }

        private void write(String in, Entity row) {
            if (!in.equals(partition)) {
                flush();
                partition = in;
            }
            written.add(row);
            if (written.size() == batch) {
                flush();
            }
        }

        /** Deletes first: a row that has moved to another partition is extra in the one and missing in the other. */
        void flush() {
            if (!deleted.isEmpty()) {
                target.deleteKeys(schema.name(), deleted);
                deleted.clear();
            }
            if (!written.isEmpty()) {
                new RowWriter(target, schema).write(partition, written);
                written.clear();
            }
        }
    }
}
