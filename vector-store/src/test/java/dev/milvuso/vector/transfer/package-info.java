/** Tests of what takes rows from one place to another. */
@NullMarked
package dev.milvuso.vector.transfer;

import org.jspecify.annotations.NullMarked;
