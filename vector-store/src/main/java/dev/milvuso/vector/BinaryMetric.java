package dev.milvuso.vector;

/** How near two vectors of bits are. */
public enum BinaryMetric {
    /** In how many bits they differ: smaller is nearer. */
    HAMMING,
    /** 1 less the share that the bits set in both have of those set in either: smaller is nearer. */
    JACCARD
}
