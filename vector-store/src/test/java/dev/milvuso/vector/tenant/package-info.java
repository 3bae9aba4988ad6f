/** Tests of tenants. */
@NullMarked
package dev.milvuso.vector.tenant;

import org.jspecify.annotations.NullMarked;
