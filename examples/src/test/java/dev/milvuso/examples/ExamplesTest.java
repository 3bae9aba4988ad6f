package dev.milvuso.examples;

import dev.milvuso.vector.VectorStore;

final class ExamplesTest extends ExamplesContract {
    @Override
    VectorStore open() {
        return Stores.open();
    }
}
