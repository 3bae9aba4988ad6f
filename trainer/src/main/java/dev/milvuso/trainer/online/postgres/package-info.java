/** The trainer's lease in PostgreSQL. */
@NullMarked
package dev.milvuso.trainer.online.postgres;

import org.jspecify.annotations.NullMarked;
