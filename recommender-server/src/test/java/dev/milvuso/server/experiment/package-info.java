/** Tests with simulations whose truth is known. */
@NullMarked
package dev.milvuso.server.experiment;

import org.jspecify.annotations.NullMarked;
