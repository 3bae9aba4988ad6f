/** What a wrong answer costs, and its slope. */
@NullMarked
package dev.milvuso.trainer.loss;

import org.jspecify.annotations.NullMarked;
