package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks for the entities a batch at a time, each behind the last key of the one before: Milvus gives those with the
 * least keys, in order. One batch ahead. The SDK's own iterator does not heed the consistency level.
 */
final class MilvusBatches implements Iterator<List<Entity>> {
    private final Function<QueryRequest, List<Entity>> query;
    private final QueryRequest request;
    private final Path key;
    private List<Entity> next;

    /**
     * @param request whose limit is the batch
     * @param key the collection's key field
     */
    MilvusBatches(Function<QueryRequest, List<Entity>> query, QueryRequest request, String key) {
        this.query = query;
        this.request = request;
        this.key = Path.of(key);
        this.next = query.apply(request);
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
        List<Entity> batch = next;
        next = batch.size() < request.limit() ? List.of() : query.apply(behind(batch.get(batch.size() - 1)));
        return batch;
    }

    private QueryRequest behind(Entity last) {
        Filter further = key.above(last.key().orElseThrow().plain());
        Filter filter =
                request.filter().map(wanted -> Filter.and(wanted, further)).orElse(further);
        return new QueryRequest(Optional.of(filter), request.output(), request.partitions(), 0, request.limit());
    }
}
