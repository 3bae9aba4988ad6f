/** The commands and the embedded infrastructure, for real. */
@NullMarked
package dev.milvuso.standalone;

import org.jspecify.annotations.NullMarked;
