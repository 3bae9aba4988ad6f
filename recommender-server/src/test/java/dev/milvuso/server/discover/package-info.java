/** Tests of lists that ask nobody's taste. */
@NullMarked
package dev.milvuso.server.discover;

import org.jspecify.annotations.NullMarked;
