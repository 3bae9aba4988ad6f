/** Runs the programs. */
@NullMarked
package dev.milvuso.examples;

import org.jspecify.annotations.NullMarked;
