/** What visitors do: ids, actions, served lists, and the records of the topic {@code user_actions}. */
@NullMarked
package dev.milvuso.action;

import org.jspecify.annotations.NullMarked;
