package dev.milvuso.vector.embedded;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Fetches the entities of a list of keys a batch at a time; those that have gone meanwhile are left out. */
final class EntityBatches implements Iterator<List<Entity>> {
    private final EmbeddedCollection collection;
    private final List<Id> keys;
    private final Output output;
    private final int batch;
    private int at;

    EntityBatches(EmbeddedCollection collection, List<Id> keys, Output output, int batch) {
        this.collection = collection;
        this.keys = keys;
        this.output = output;
        this.batch = batch;
    }

    @Override
    public boolean hasNext() {
        return at < keys.size();
    }

    @Override
    public List<Entity> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more entities");
        }
        int end = Math.min(keys.size(), at + batch);
        List<Id> part = keys.subList(at, end);
        List<Entity> entities = collection.read(rows -> rows.get(part, output));
        at = end;
        return entities;
    }
}
