package dev.milvuso.topic;

import dev.milvuso.codec.Codec;
import java.util.function.Function;

/**
 * A topic and what it carries.
 *
 * @param name as configured
 * @param key what a record is keyed by, so that records of one key keep their order; empty for records that name their
 *     partition
 */
public record Topic<V>(String name, Function<V, String> key, Codec<V> codec) {
    /** Where this topic's records go that could not be understood. */
    public String deadLetters() {
        return name + ".dlq";
    }
}
