/** Tests of how items of which little is known come into lists. */
@NullMarked
package dev.milvuso.server.coldstart;

import org.jspecify.annotations.NullMarked;
