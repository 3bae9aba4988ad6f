/** The collections of the learned vectors, which the trainer writes and the server reads: what both take them for. */
@NullMarked
package dev.milvuso.vector.learned;

import org.jspecify.annotations.NullMarked;
