package dev.milvuso.vector.embedded;

import dev.milvuso.component.Health;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Vectors in this process, searched exactly. In memory alone, or with a {@link Journal} that holds every change before
 * the call returns: what was written is there again after a kill of the process (not after a loss of power, for which
 * the trainer's snapshots are the record).
 */
public final class EmbeddedVectorStore implements VectorStore {
    /** A journal below this size is not worth rewriting. */
    private static final long SMALL_JOURNAL_BYTES = 64L << 20;

    private static final int ENTITIES_A_RECORD = 1000;

    private final Map<String, VectorTable> tables = new ConcurrentHashMap<>();
    private final Object writing = new Object();
    private @Nullable Journal journal;
    private long sizeAfterRewrite;
    private volatile boolean closed;

    private EmbeddedVectorStore() {}

    public static EmbeddedVectorStore inMemory() {
        return new EmbeddedVectorStore();
    }

    /**
     * Opens what is in the directory, which belongs to this process alone.
     *
     * @throws IllegalStateException naming the file if it is damaged
     */
    public static EmbeddedVectorStore in(Path directory) {
        EmbeddedVectorStore store = new EmbeddedVectorStore();
        Journal opened = Journal.open(directory.resolve("vectors.log"), store::replay);
        store.journal = opened;
        store.sizeAfterRewrite = opened.size();
        return store;
    }

    private void replay(byte[] bytes) {
        JournalRecord record = JournalRecord.parse(bytes, name -> table(name).schema());
        if (record instanceof JournalRecord.Create create) {
            tables.put(create.schema().name(), new VectorTable(create.schema()));
        } else if (record instanceof JournalRecord.Drop drop) {
            tables.remove(drop.collection());
        } else if (record instanceof JournalRecord.Upsert upsert) {
            table(upsert.collection()).upsert(upsert.entities());
        } else if (record instanceof JournalRecord.Delete delete) {
            table(delete.collection()).delete(delete.ids());
        }
    }

    @Override
    public void create(CollectionSchema schema) {
        synchronized (writing) {
            VectorTable table = tables.get(schema.name());
            if (table == null) {
                log(JournalRecord.create(schema));
                tables.put(schema.name(), new VectorTable(schema));
            } else if (!table.schema().equals(schema)) {
                throw new IllegalArgumentException("collection " + schema.name() + " is there with another schema: "
                        + table.schema() + ", asked for: " + schema);
            }
        }
    }

    @Override
    public Optional<CollectionSchema> describe(String collection) {
        refuseIfClosed();
        return Optional.ofNullable(tables.get(collection)).map(VectorTable::schema);
    }

    @Override
    public void drop(String collection) {
        synchronized (writing) {
            if (tables.containsKey(collection)) {
                log(JournalRecord.drop(collection));
                tables.remove(collection);
            }
        }
    }

    @Override
    public void upsert(String collection, List<Entity> entities) {
        synchronized (writing) {
            VectorTable table = table(collection);
            table.check().entities(entities);
            for (int from = 0; from < entities.size(); from += ENTITIES_A_RECORD) {
                List<Entity> part = entities.subList(from, Math.min(entities.size(), from + ENTITIES_A_RECORD));
                log(JournalRecord.upsert(table.schema(), part));
                table.upsert(part);
            }
            rewriteIfMostlyOld();
        }
    }

    @Override
    public void delete(String collection, Collection<String> ids) {
        synchronized (writing) {
            VectorTable table = table(collection);
            log(JournalRecord.delete(collection, ids));
            table.delete(ids);
        }
    }

    @Override
    public List<Entity> get(String collection, Collection<String> ids) {
        return table(collection).get(ids);
    }

    @Override
    public List<Hit> search(String collection, SearchRequest request) {
        VectorTable table = table(collection);
        table.check().request(request);
        return table.search(request);
    }

    @Override
    public long count(String collection) {
        return table(collection).count();
    }

    @Override
    public Health health() {
        return closed ? new Health.Down("the embedded vector store is closed") : new Health.Up();
    }

    private VectorTable table(String collection) {
        refuseIfClosed();
        VectorTable table = tables.get(collection);
        if (table == null) {
            throw new IllegalArgumentException("there is no collection " + collection);
        }
        return table;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("the embedded vector store is closed");
        }
    }

    private void log(byte[] record) {
        refuseIfClosed();
        if (journal != null) {
            journal.append(record);
        }
    }

    /** Rows that move all day leave a journal of old states behind; it is rewritten when it has grown fourfold. */
    private void rewriteIfMostlyOld() {
        if (journal == null || journal.size() < Math.max(SMALL_JOURNAL_BYTES, 4 * sizeAfterRewrite)) {
            return;
        }
        List<byte[]> records = new ArrayList<>();
        for (VectorTable table : tables.values()) {
            records.add(JournalRecord.create(table.schema()));
            List<Entity> all = table.all();
            for (int from = 0; from < all.size(); from += ENTITIES_A_RECORD) {
                List<Entity> part = all.subList(from, Math.min(all.size(), from + ENTITIES_A_RECORD));
                records.add(JournalRecord.upsert(table.schema(), part));
            }
        }
        journal.rewrite(records);
        sizeAfterRewrite = journal.size();
    }

    @Override
    public void close() {
        synchronized (writing) {
            if (!closed && journal != null) {
                journal.close();
            }
            closed = true;
        }
    }
}
