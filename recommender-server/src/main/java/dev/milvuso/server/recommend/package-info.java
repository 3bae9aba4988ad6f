/** What is recommended to whom: personal lists, the popular list, what a user has seen. */
@NullMarked
package dev.milvuso.server.recommend;

import org.jspecify.annotations.NullMarked;
