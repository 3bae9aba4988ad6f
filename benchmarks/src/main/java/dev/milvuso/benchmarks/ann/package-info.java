/** Search in the embedded vector store beside hnswlib: in come vectors drawn by chance, out go speed and recall. */
@NullMarked
package dev.milvuso.benchmarks.ann;

import org.jspecify.annotations.NullMarked;
