/** Tests of the classes of this package. */
@NullMarked
package dev.milvuso.server.catalogue;

import org.jspecify.annotations.NullMarked;
