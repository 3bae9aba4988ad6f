/**
 * The real servers without an installation: Kafka in this process, PostgreSQL and Redis as its children. For standalone
 * and for tests.
 */
@NullMarked
package dev.milvuso.embedded;

import org.jspecify.annotations.NullMarked;
