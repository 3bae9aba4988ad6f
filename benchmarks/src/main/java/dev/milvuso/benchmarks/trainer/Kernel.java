package dev.milvuso.benchmarks.trainer;

/** A loop that is bound by one thing that the machine does, with memory of its own: one for each thread. */
interface Kernel {
    /** Goes through its memory once; a few milliseconds at most. */
    void pass();

    /** What one pass does: bytes moved or floating-point operations. */
    double workOfPass();
}
