/** Tests of what becomes of a guest's actions. */
@NullMarked
package dev.milvuso.server.guest;

import org.jspecify.annotations.NullMarked;
