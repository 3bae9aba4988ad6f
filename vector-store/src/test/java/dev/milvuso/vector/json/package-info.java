/** Tests of the JSON form. */
@NullMarked
package dev.milvuso.vector.json;

import org.jspecify.annotations.NullMarked;
