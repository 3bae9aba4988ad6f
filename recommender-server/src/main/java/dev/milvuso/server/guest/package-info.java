/** Guests who turn out to be somebody: what they did becomes their account's. */
@NullMarked
package dev.milvuso.server.guest;

import org.jspecify.annotations.NullMarked;
