/** Tests of lists for all users. */
@NullMarked
package dev.milvuso.standalone.lists;

import org.jspecify.annotations.NullMarked;
