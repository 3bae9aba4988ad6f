/** Brings a collection from one numbered version to the next, row by row, behind an alias that callers use. */
@NullMarked
package dev.milvuso.vector.migration;

import org.jspecify.annotations.NullMarked;
