/** Tests of how candidates are arranged. */
@NullMarked
package dev.milvuso.server.sequence;

import org.jspecify.annotations.NullMarked;
