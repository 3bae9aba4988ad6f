/** Tests of what the acting user wants now. */
@NullMarked
package dev.milvuso.server.taste;

import org.jspecify.annotations.NullMarked;
