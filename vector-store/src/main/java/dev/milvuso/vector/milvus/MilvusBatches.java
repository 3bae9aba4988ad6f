package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Entity;
import io.milvus.orm.iterator.QueryIterator;
import io.milvus.response.QueryResultsWrapper;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Goes on asking the SDK's iterator, one batch ahead. */
final class MilvusBatches implements Iterator<List<Entity>> {
    private final QueryIterator rows;
    private final Function<Map<String, Object>, Entity> entity;
    private List<QueryResultsWrapper.RowRecord> next;

    MilvusBatches(QueryIterator rows, Function<Map<String, Object>, Entity> entity) {
        this.rows = rows;
        this.entity = entity;
        this.next = rows.next();
    }

    @Override
    public boolean hasNext() {
        return !next.isEmpty();
    }

    @Override
    public List<Entity> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more entities");
        }
        List<Entity> batch =
                next.stream().map(row -> entity.apply(row.getFieldValues())).toList();
        next = rows.next();
        if (next.isEmpty()) {
            rows.close();
        }
        return batch;
    }
}
