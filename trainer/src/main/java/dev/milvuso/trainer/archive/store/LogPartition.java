package dev.milvuso.trainer.archive.store;

import java.util.Comparator;

/** One partition of a topic; in the order of names, then numbers. */
public record LogPartition(String topic, int number) implements Comparable<LogPartition> {
    private static final Comparator<LogPartition> ORDER =
            Comparator.comparing(LogPartition::topic).thenComparingInt(LogPartition::number);

    @Override
    public int compareTo(LogPartition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return topic + "-" + number;
    }
}
