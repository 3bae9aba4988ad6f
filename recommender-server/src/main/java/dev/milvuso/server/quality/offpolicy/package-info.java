/** What another policy would have earned, from the log of the one that was in use. */
@NullMarked
package dev.milvuso.server.quality.offpolicy;

import org.jspecify.annotations.NullMarked;
