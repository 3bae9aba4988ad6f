/**
 * The second-stage ranker as trainer and server share it: what is known of a user and an item, and what that scores.
 */
@NullMarked
package dev.milvuso.ranker;

import org.jspecify.annotations.NullMarked;
