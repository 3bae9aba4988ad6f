/** What a row holds before it has learned anything. */
@NullMarked
package dev.milvuso.trainer.initializer;

import org.jspecify.annotations.NullMarked;
