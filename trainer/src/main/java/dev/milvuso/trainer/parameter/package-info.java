/** Rows of numbers under ids of users or items. */
@NullMarked
package dev.milvuso.trainer.parameter;

import org.jspecify.annotations.NullMarked;
