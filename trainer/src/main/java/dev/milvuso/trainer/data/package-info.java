/** Reads interactions and items from files. In: lines. Out: records, or an error with file and line. */
@NullMarked
package dev.milvuso.trainer.data;

import org.jspecify.annotations.NullMarked;
