/** Lists for all users. In: a trained model, or a running server. Out: a line of JSON for each user. */
@NullMarked
package dev.milvuso.standalone.lists;

import org.jspecify.annotations.NullMarked;
