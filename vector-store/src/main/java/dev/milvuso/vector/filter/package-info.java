/** The language of filters. In: a filter, or its text. Out: its text, or a filter; and whether a row fulfils it. */
@NullMarked
package dev.milvuso.vector.filter;

import org.jspecify.annotations.NullMarked;
