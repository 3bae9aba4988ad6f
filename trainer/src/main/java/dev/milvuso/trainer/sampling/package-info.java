/** Items that stand for those a user did not choose. */
@NullMarked
package dev.milvuso.trainer.sampling;

import org.jspecify.annotations.NullMarked;
