/** Implicit alternating least squares. In: who chose what. Out: the vectors of users and items. */
@NullMarked
package dev.milvuso.trainer.als;

import org.jspecify.annotations.NullMarked;
