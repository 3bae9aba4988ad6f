/** From what a collection is to hold and do, which index it should have, and why. */
@NullMarked
package dev.milvuso.vector.advice;

import org.jspecify.annotations.NullMarked;
