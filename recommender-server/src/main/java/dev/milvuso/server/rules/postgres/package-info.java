/** Business rules in PostgreSQL. */
@NullMarked
package dev.milvuso.server.rules.postgres;

import org.jspecify.annotations.NullMarked;
