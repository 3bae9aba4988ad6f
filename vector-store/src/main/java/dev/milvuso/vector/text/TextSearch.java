package dev.milvuso.vector.text;

import dev.milvuso.vector.SearchRequest;

/**
 * Searches by a text: the request is as any other, so that it takes a filter and may be part of a hybrid search.
 *
 * @param field the vector field that holds what the encoder makes
 * @param queries what a text asks for: the encoder of meanings, or {@link Bm25Encoder#queries}
 */
public record TextSearch(String field, TextEncoder queries) {
    public SearchRequest.Builder of(String text) {
        return SearchRequest.of(queries.encode(text)).in(field);
    }
}
