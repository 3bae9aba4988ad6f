/** The embedded servers, started for real. */
@NullMarked
package dev.milvuso.embedded;

import org.jspecify.annotations.NullMarked;
