/** How far a row goes along its gradient; state lies beside the row. */
@NullMarked
package dev.milvuso.trainer.optimizer;

import org.jspecify.annotations.NullMarked;
