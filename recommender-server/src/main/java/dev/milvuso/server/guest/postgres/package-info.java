/** Since when a user is known, by what the feature worker wrote into PostgreSQL. */
@NullMarked
package dev.milvuso.server.guest.postgres;

import org.jspecify.annotations.NullMarked;
