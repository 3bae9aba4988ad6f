package dev.milvuso.trainer.data;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far on the log a model has been trained: what stands behind the cut can be replayed onto it.
 *
 * @param next by topic and partition, the first offset that the model does not contain; empty if it was made of files
 */
public record Cut(Map<String, Map<Integer, Long>> next) {
    public static final Cut NONE = new Cut(Map.of());

    public Cut {
        next = next.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, topic -> Map.copyOf(topic.getValue())));
    }

    /** Sorted, as it stands in a model's description. */
    public Map<String, Map<Integer, Long>> sorted() {
        Map<String, Map<Integer, Long>> sorted = new TreeMap<>();
        next.forEach((topic, partitions) -> sorted.put(topic, new TreeMap<>(partitions)));
        return sorted;
    }
}
