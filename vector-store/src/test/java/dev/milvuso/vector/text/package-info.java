/** Tests of vectors of texts. */
@NullMarked
package dev.milvuso.vector.text;

import org.jspecify.annotations.NullMarked;
