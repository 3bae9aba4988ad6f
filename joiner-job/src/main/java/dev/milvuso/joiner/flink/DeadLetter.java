package dev.milvuso.joiner.flink;

import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** A record that could not be understood, as it was, with the reason and where it stood. */
public record DeadLetter(
        String topic, int partition, long offset, String reason, byte @Nullable [] key, byte @Nullable [] value) {
    /** The way aside on which sources send them. */
    static final OutputTag<DeadLetter> TAG = new OutputTag<>("dead-letters", Types.DEAD_LETTER);
}
