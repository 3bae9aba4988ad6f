/** Bytes of a topic to records and back. */
@NullMarked
package dev.milvuso.codec;

import org.jspecify.annotations.NullMarked;
