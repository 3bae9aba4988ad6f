/** Tests with simulations whose truth is known. */
@NullMarked
package dev.milvuso.server.quality.offpolicy;

import org.jspecify.annotations.NullMarked;
