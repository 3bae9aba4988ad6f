package dev.milvuso.trainer.data;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far on the log a model has been trained: what stands behind the cut can be replayed onto it.
 *
 * @param next by topic and partition, the first offset that the model does not contain; empty if it was made of files
 * @param recent ids of the last examples before the cut: the joiner may write them once more behind it
 */
public record Cut(Map<String, Map<Integer, Long>> next, List<String> recent) {
    public static final Cut NONE = new Cut(Map.of());

    /** Without ids. */
    public Cut(Map<String, Map<Integer, Long>> next) {
        this(next, List.of());
    }

    public Cut {
        recent = List.copyOf(recent);
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
