/** The catalogue's record in PostgreSQL. */
@NullMarked
package dev.milvuso.server.catalogue.postgres;

import org.jspecify.annotations.NullMarked;
