/** Items without asking who wants them: the newest, what rises, what is like another, what a text means. */
@NullMarked
package dev.milvuso.server.discover;

import org.jspecify.annotations.NullMarked;
