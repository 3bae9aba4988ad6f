package dev.milvuso.vector.advice;

import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.SearchParameters;
import java.util.List;

/**
 * Which index to build and how to search it.
 *
 * @param bytes that vectors and index will take in memory, about
 * @param reasons a sentence for each decision
 */
public record IndexAdvice(IndexSpec spec, SearchParameters parameters, long bytes, List<String> reasons) {
    public IndexAdvice {
        reasons = List.copyOf(reasons);
    }
}
