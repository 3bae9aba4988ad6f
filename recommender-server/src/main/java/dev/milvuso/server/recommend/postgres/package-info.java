/** What the feature worker wrote into PostgreSQL, read for serving. */
@NullMarked
package dev.milvuso.server.recommend.postgres;

import org.jspecify.annotations.NullMarked;
