package dev.milvuso.vector;

/** How near two vectors are. */
public enum Metric {
    /** The inner product: larger is nearer. */
    INNER_PRODUCT,
    /** The cosine, -1 to 1: larger is nearer. The zero vector has none and is refused. */
    COSINE,
    /** The squared Euclidean distance, 0 and up: smaller is nearer. */
    EUCLIDEAN
}
