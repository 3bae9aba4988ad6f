/**
 * Reads vectors and their ids from the files of Faiss, NumPy and the {@code .fvecs} family, as rows for a collection.
 */
@NullMarked
package dev.milvuso.vector.transfer.file;

import org.jspecify.annotations.NullMarked;
