/** Where users' vectors and finished lists are found: stores made of stores, the fastest first. */
@NullMarked
package dev.milvuso.server.tier;

import org.jspecify.annotations.NullMarked;
