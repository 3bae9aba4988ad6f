/** The online trainer by itself: what it takes from the log for each second of a core. */
@NullMarked
package dev.milvuso.benchmarks.online;

import org.jspecify.annotations.NullMarked;
