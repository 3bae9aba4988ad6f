/** The items that may be recommended, whole in memory. */
@NullMarked
package dev.milvuso.server.catalogue;

import org.jspecify.annotations.NullMarked;
