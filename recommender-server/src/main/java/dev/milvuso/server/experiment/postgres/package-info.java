/** Experiments and what their users did, kept in PostgreSQL. */
@NullMarked
package dev.milvuso.server.experiment.postgres;

import org.jspecify.annotations.NullMarked;
