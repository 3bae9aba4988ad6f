/** Tests of the engine inside this process. */
@NullMarked
package dev.milvuso.vector.embedded;

import org.jspecify.annotations.NullMarked;
