/** Items of which little is known: vectors from what they are, and a share of the lists to find out. */
@NullMarked
package dev.milvuso.server.coldstart;

import org.jspecify.annotations.NullMarked;
