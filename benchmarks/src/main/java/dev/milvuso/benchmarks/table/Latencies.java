package dev.milvuso.benchmarks.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** How long calls took, by powers of two, and how many were slow though no collection had come between. */
final class Latencies {
    private final long[] counts = new long[Long.SIZE];
    private final long[] workCounts = new long[Long.SIZE];
    private long longest;
    private long longestWork;
    private long longestWithoutCollection;
    private long collections = collections();

    /** @param worked time on the processor, without waiting for one or for a collection */
    void add(long nanos, long worked) {
        longestWork = Math.max(longestWork, worked);
        workCounts[Long.SIZE - Long.numberOfLeadingZeros(worked)]++;
        add(nanos);
    }

    void add(long nanos) {
        counts[Long.SIZE - Long.numberOfLeadingZeros(nanos)]++;
        if (nanos > longest) {
            longest = nanos;
        }
        if (nanos > longestWithoutCollection) {
            long now = collections();
            if (now == collections) {
                longestWithoutCollection = nanos;
            }
            collections = now;
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    /** An upper bound of the time that this share of the calls took, in nanoseconds. */
    private static long within(long[] counts, double share) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        long left = (long) (all * share);
        int bits = 0;
        while (bits < counts.length - 1 && left > counts[bits]) {
            left -= counts[bits++];
        }
        return 1L << bits;
    }

    void into(ObjectNode json) {
        if (longestWork > 0) {
            json.put("longest_cpu_us", longestWork / 1e3)
                    .put("p999_cpu_below_us", within(workCounts, 0.999) / 1e3)
                    .put("p9999_cpu_below_us", within(workCounts, 0.9999) / 1e3);
        }
        json.put("longest_us", longest / 1e3)
                .put("longest_without_collection_us", longestWithoutCollection / 1e3)
                .put("p999_below_us", within(counts, 0.999) / 1e3)
                .put("p9999_below_us", within(counts, 0.9999) / 1e3)
                .put("p99999_below_us", within(counts, 0.99999) / 1e3);
    }
}
