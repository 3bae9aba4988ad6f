/** JSON written straight into bytes. */
@NullMarked
package dev.milvuso.server.json;

import org.jspecify.annotations.NullMarked;
