/**
 * The values of a table's fields, by slot. In: a row's values, and parts of filters. Out: values, and tests of slots.
 */
@NullMarked
package dev.milvuso.vector.embedded.column;

import org.jspecify.annotations.NullMarked;
