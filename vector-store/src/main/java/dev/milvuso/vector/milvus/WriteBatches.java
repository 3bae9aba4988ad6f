package dev.milvuso.vector.milvus;

import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.PartialWriteException;
import dev.milvuso.vector.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Cuts a write into calls that a server takes, by rows and by bytes. */
final class WriteBatches {
    private static final int MOST_ROWS = 1000;

    /** A server takes 64 MiB in one call; numbers grow a little on the way. */
    private static final long MOST_BYTES = 16L << 20;

    private final List<Entity> entities;
    private final List<List<Integer>> batches = new ArrayList<>();

    /** @param entities of which only the last of one key is written: Milvus would keep both in one call */
    WriteBatches(List<Entity> entities) {
        this.entities = entities;
        Map<Id, Integer> last = new HashMap<>();
        for (int i = 0; i < entities.size(); i++) {
            int at = i;
            entities.get(i).key().ifPresent(key -> last.put(key, at));
        }
        List<Integer> batch = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < entities.size(); i++) {
            Entity entity = entities.get(i);
            if (entity.key().isPresent() && last.getOrDefault(entity.key().get(), i) != i) {
                continue;
            }
            long more = bytes(entity);
            if (batch.size() == MOST_ROWS || (!batch.isEmpty() && bytes + more > MOST_BYTES)) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(i);
            bytes += more;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
    }

    private static long bytes(Entity entity) {
        long bytes = 64;
        for (Vector vector : entity.vectors().values()) {
            bytes += vector instanceof Vector.Dense dense
                    ? 4L * dense.numbers().length
                    : vector instanceof Vector.Binary binary
                            ? binary.bits().length
                            : 8L * ((Vector.Sparse) vector).indices().length;
        }
        for (Object value : entity.fields().values()) {
            bytes += bytesOf(value);
        }
        return bytes;
    }

    private static long bytesOf(Object value) {
        if (value instanceof String text) {
            return 3L * text.length();
        }
        if (value instanceof List<?> list) {
            return 16 + list.stream().mapToLong(WriteBatches::bytesOf).sum();
        }
        if (value instanceof Map<?, ?> object) {
            return 16
                    + object.entrySet().stream()
                            .mapToLong(member -> bytesOf(member.getKey()) + bytesOf(member.getValue()))
                            .sum();
        }
        return 16;
    }

    /**
     * One batch after the other, until one fails.
     *
     * @param write of a batch
     * @return what it gave, one after the other
     * @throws PartialWriteException if a batch failed after others were acknowledged
     */
    <T> List<T> write(Function<List<Entity>, List<T>> write) {
        List<T> given = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            try {
                given.addAll(
                        write.apply(batches.get(i).stream().map(entities::get).toList()));
            } catch (Unavailable e) {
                if (i == 0) {
                    throw e;
                }
                List<Integer> notStored = batches.subList(i, batches.size()).stream()
                        .flatMap(List::stream)
                        .toList();
                throw new PartialWriteException(e.dependency(), notStored, entities.size(), e);
            }
        }
        return given;
    }
}
