/** Experiments on users: who sees which variant, what came of it, and when that is sure. */
@NullMarked
package dev.milvuso.server.experiment;

import org.jspecify.annotations.NullMarked;
