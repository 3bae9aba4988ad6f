package dev.milvuso.embedding;

/** A record of the compacted topic {@code embeddings}. */
public sealed interface EmbeddingRecord permits Embedding, Activation, RankerWeights {
    /** What compaction goes by: of the records of one key the last one stays. */
    String key();
}
