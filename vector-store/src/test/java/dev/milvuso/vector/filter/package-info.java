/** The tests of the language of filters, and what makes random filters and rows. */
@NullMarked
package dev.milvuso.vector.filter;

import org.jspecify.annotations.NullMarked;
