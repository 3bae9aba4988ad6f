/** Tests of migrations. */
@NullMarked
package dev.milvuso.vector.migration;

import org.jspecify.annotations.NullMarked;
