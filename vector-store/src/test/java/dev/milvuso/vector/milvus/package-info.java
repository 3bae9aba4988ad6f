/** A real Milvus for tests, and the tests of the adapter against it. */
@NullMarked
package dev.milvuso.vector.milvus;

import org.jspecify.annotations.NullMarked;
