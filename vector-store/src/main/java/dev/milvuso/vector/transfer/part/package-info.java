/** Files of rows: how one part of an export is written and read, and as lines of JSON. */
@NullMarked
package dev.milvuso.vector.transfer.part;

import org.jspecify.annotations.NullMarked;
