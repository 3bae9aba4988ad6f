/** Tests of the routes and of what is refused. */
@NullMarked
package dev.milvuso.server.http;

import org.jspecify.annotations.NullMarked;
