/** Actions on their way into the log. */
@NullMarked
package dev.milvuso.server.action;

import org.jspecify.annotations.NullMarked;
