/** What a benchmark of {@code ./milvuso bench} is: in come its options and a configuration, out go rows of figures. */
@NullMarked
package dev.milvuso.standalone.bench;

import org.jspecify.annotations.NullMarked;
