package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cuts a write into calls that a server takes, by rows and by bytes, in lanes: rows of one key always go the same lane,
 * and a lane's calls go one after the other.
 *
 * @param lanes of each its calls, of each the positions of its entities, ascending
 */
record WriteBatches(List<List<List<Integer>>> lanes) {
    /**
     * How large a call may be and how many may be made at once.
     *
     * @param rows in a call
     * @param bytes in a call, about; a server takes 64 MiB
     */
    record Limits(int rows, long bytes, int lanes) {}

    /** @param entities of which only the last of one key is written: Milvus would keep both in one call */
    static WriteBatches of(List<Entity> entities, Limits limits) {
        List<Integer> written = written(entities);
        int calls = (written.size() + limits.rows() - 1) / limits.rows();
        int count = Math.max(1, Math.min(limits.lanes(), calls));
        List<List<Integer>> lanes = IntStream.range(0, count)
                .<List<Integer>>mapToObj(lane -> new ArrayList<>())
                .toList();
        for (int i = 0; i < written.size(); i++) {
            int position = written.get(i);
            int spread = entities.get(position).key().map(WriteBatches::spread).orElse(i);
            lanes.get(Math.floorMod(spread, count)).add(position);
        }
        return new WriteBatches(lanes.stream()
                .map(lane -> batches(entities, lane, limits))
                .filter(batches -> !batches.isEmpty())
                .toList());
    }

    private static List<Integer> written(List<Entity> entities) {
        Map<Id, Integer> last = new HashMap<>();
        for (int i = 0; i < entities.size(); i++) {
            int at = i;
            entities.get(i).key().ifPresent(key -> last.put(key, at));
        }
        return IntStream.range(0, entities.size())
                .filter(i -> entities.get(i)
                        .key()
                        .map(key -> last.getOrDefault(key, i) == i)
                        .orElse(true))
                .boxed()
                .toList();
    }

    private static int spread(Id key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash >>> 16;
    }

    private static List<List<Integer>> batches(List<Entity> entities, List<Integer> lane, Limits limits) {
        // Even calls rather than full ones and a small rest: lanes end together.
        int calls = (lane.size() + limits.rows() - 1) / limits.rows();
        int rows = calls == 0 ? 0 : (lane.size() + calls - 1) / calls;
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> batch = new ArrayList<>();
        long bytes = 0;
        for (int position : lane) {
            long more = EntityBytes.of(entities.get(position));
            if (batch.size() == rows || (!batch.isEmpty() && bytes + more > limits.bytes())) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(position);
            bytes += more;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    int calls() {
        return lanes.stream().mapToInt(List::size).sum();
    }
}
