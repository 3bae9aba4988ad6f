/** How good the lists are that are being served, by what followed them: attribution, rolling windows, position bias. */
@NullMarked
package dev.milvuso.server.quality;

import org.jspecify.annotations.NullMarked;
