/** What is known of a user and an item as of an action: the records of the topic {@code features}. */
@NullMarked
package dev.milvuso.feature;

import org.jspecify.annotations.NullMarked;
