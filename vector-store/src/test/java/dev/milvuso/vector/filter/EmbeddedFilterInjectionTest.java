package dev.milvuso.vector.filter;

import dev.milvuso.vector.FilterInjectionContract;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;

/** The contract in the embedded engine, whose index of filters is another path than the evaluator. */
final class EmbeddedFilterInjectionTest extends FilterInjectionContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory();
    }
}
