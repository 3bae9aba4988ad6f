/** Tests of the adviser. */
@NullMarked
package dev.milvuso.vector.advice;

import org.jspecify.annotations.NullMarked;
