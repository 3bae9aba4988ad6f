/** Arranges candidates: in, what was found and ranked; out, a list that is diverse, fresh and not always the same. */
@NullMarked
package dev.milvuso.server.ranking;

import org.jspecify.annotations.NullMarked;
