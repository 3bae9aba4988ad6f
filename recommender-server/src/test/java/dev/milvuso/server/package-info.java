/** Tests of the server as a whole. */
@NullMarked
package dev.milvuso.server;

import org.jspecify.annotations.NullMarked;
