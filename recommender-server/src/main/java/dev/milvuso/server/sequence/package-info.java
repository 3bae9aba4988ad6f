/** What users tend to do next, after what they did last, counted over all users. */
@NullMarked
package dev.milvuso.server.sequence;

import org.jspecify.annotations.NullMarked;
