/** Tests of filters and rules. */
@NullMarked
package dev.milvuso.server.rules;

import org.jspecify.annotations.NullMarked;
