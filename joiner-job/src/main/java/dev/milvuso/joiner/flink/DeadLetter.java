package dev.milvuso.joiner.flink;

import org.jspecify.annotations.Nullable;

/** A record that could not be understood, as it was, with the reason and where it stood. */
record DeadLetter(
        String topic, int partition, long offset, String reason, byte @Nullable [] key, byte @Nullable [] value) {}
