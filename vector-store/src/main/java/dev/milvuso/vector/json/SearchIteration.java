package dev.milvuso.vector.json;

import dev.milvuso.vector.SearchRequest;
import java.util.Optional;

/**
 * A search whose hits are wanted in pages, best first.
 *
 * @param request of one query; its k and offset do not count
 * @param page hits fetched at a time, as far as somebody says
 * @param limit after how many hits it ends; none is when there are no more
 */
public record SearchIteration(SearchRequest request, Optional<Integer> page, Optional<Long> limit) {}
