/** Milvuso as processes of its own on real servers, each of which can be ended, frozen and made slow. */
@NullMarked
package dev.milvuso.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
