/** The catalogue's items. */
@NullMarked
package dev.milvuso.item;

import org.jspecify.annotations.NullMarked;
