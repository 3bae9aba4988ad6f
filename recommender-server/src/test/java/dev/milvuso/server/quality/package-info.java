/** Tests of the measuring of served lists. */
@NullMarked
package dev.milvuso.server.quality;

import org.jspecify.annotations.NullMarked;
