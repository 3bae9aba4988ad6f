/** Users in PostgreSQL. */
@NullMarked
package dev.milvuso.server.users.postgres;

import org.jspecify.annotations.NullMarked;
