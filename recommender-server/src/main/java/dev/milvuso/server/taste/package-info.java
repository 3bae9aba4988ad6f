/** What the acting user wants now: their latest actions, folded into their learned vector. */
@NullMarked
package dev.milvuso.server.taste;

import org.jspecify.annotations.NullMarked;
