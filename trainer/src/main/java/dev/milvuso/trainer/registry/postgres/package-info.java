/** The registry of models in PostgreSQL. */
@NullMarked
package dev.milvuso.trainer.registry.postgres;

import org.jspecify.annotations.NullMarked;
