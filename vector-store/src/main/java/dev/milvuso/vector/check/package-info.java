/** What every store refuses, in the same words. In: a schema and what is asked of it. Out: nothing, or a sentence. */
@NullMarked
package dev.milvuso.vector.check;

import org.jspecify.annotations.NullMarked;
