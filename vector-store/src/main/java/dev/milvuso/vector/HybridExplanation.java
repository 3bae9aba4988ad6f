package dev.milvuso.vector;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a hybrid search went.
 *
 * @param searches how each of its searches went, in their order, with the hits that took part
 * @param hits as the hybrid search gave them
 * @param stages what took how long beside the searches, in order: {@code merge}, and {@code rows}, which fetches what
 *     is wanted of each hit
 */
public record HybridExplanation(List<Explanation> searches, List<Hit> hits, Map<String, Duration> stages) {}
