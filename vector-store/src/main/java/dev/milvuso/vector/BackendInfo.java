package dev.milvuso.vector;

import java.util.Set;

/**
 * Which store it is.
 *
 * @param name such as {@code Milvus}
 * @param version as the store says it; the engine in this process has Milvuso's
 * @param features as {@link VectorStore#features}
 */
public record BackendInfo(String name, String version, Set<Feature> features) {
    public BackendInfo {
        features = Set.copyOf(features);
    }
}
