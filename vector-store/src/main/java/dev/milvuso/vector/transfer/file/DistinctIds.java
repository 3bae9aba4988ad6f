package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.Id;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/**
 * Refuses ids that stand twice, as one of the two vectors would be lost. Takes 8 bytes of memory an id and reads the
 * ids once, and once more if some may be equal.
 */
final class DistinctIds {
    private static final int BATCH = 10_000;

    /** Of the memory there is, which the rows need as well. */
    private static final int SHARE = 4;

    private DistinctIds() {}

    /**
     * Looks at all of them, unless they are more than a quarter of the memory holds: then it is not known.
     *
     * @param place where an id stands, such as rows
     * @throws IllegalArgumentException naming an id that stands twice and where
     */
    static void check(RowIds ids, String place) {
        long most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / SHARE / Long.BYTES);
        if (ids instanceof RowIds.Positions || ids.count() > most) {
            return;
        }
        Set<Long> doubled = doubledHashes(ids);
        if (!doubled.isEmpty()) {
            refuseEqual(ids, doubled, place);
        }
    }

    private static Set<Long> doubledHashes(RowIds ids) {
        long[] hashes = new long[(int) ids.count()];
        each(ids, (id, at) -> hashes[(int) at] = hash(id));
        Arrays.sort(hashes);
        Set<Long> doubled = new HashSet<>();
        for (int i = 1; i < hashes.length; i++) {
            if (hashes[i] == hashes[i - 1]) {
                doubled.add(hashes[i]);
            }
        }
        return doubled;
    }

    /** Different ids may have one hash. */
    private static void refuseEqual(RowIds ids, Set<Long> doubled, String place) {
        Map<Id, Long> seen = new HashMap<>();
        each(ids, (id, at) -> {
            Long before = doubled.contains(hash(id)) ? seen.putIfAbsent(id, at) : null;
            if (before != null) {
                throw new IllegalArgumentException("id '" + id + "' stands twice, in " + place + " " + (before + 1)
                        + " and " + (at + 1) + ": each must have an id of its own");
            }
        });
    }

    private static void each(RowIds ids, ObjLongConsumer<Id> consumer) {
        for (long first = 0; first < ids.count(); first += BATCH) {
            List<Id> batch = ids.read(first, (int) Math.min(BATCH, ids.count() - first));
            for (int i = 0; i < batch.size(); i++) {
                consumer.accept(batch.get(i), first + i);
            }
        }
    }

    private static long hash(Id id) {
        if (id.plain() instanceof Long number) {
            return number;
        }
        long hash = 0;
        String text = id.toString();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
