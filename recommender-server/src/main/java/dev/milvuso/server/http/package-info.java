/** The REST interface: one class for each route; the only place that knows Javalin. */
@NullMarked
package dev.milvuso.server.http;

import org.jspecify.annotations.NullMarked;
