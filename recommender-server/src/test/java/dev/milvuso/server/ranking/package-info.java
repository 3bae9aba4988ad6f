/** Tests of how candidates are arranged. */
@NullMarked
package dev.milvuso.server.ranking;

import org.jspecify.annotations.NullMarked;
