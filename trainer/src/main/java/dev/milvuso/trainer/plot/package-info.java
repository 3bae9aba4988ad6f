/** Draws figures. In: series of numbers. Out: SVG and HTML that need nothing else. */
@NullMarked
package dev.milvuso.trainer.plot;

import org.jspecify.annotations.NullMarked;
