/** Takes rows out of collections, puts them into others, and says whether two hold the same. */
@NullMarked
package dev.milvuso.vector.transfer;

import org.jspecify.annotations.NullMarked;
