/**
 * Measurements of a running system from outside: over HTTP as a site would, and over Kafka as a reader of its topics.
 */
@NullMarked
package dev.milvuso.benchmarks.system;

import org.jspecify.annotations.NullMarked;
