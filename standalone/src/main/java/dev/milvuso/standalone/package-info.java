/** The command line's entry point, and the infrastructure that a machine without servers needs. */
@NullMarked
package dev.milvuso.standalone;

import org.jspecify.annotations.NullMarked;
