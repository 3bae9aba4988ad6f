/** Test-then-train. In: interactions in time order. Out: how well each was foreseen, by several ways of learning. */
@NullMarked
package dev.milvuso.trainer.replay;

import org.jspecify.annotations.NullMarked;
