/** How items were received, by what the feature worker wrote into PostgreSQL. */
@NullMarked
package dev.milvuso.server.coldstart.postgres;

import org.jspecify.annotations.NullMarked;
