/** What readers and writers notice when a server that Milvuso stands on ends, freezes or becomes slow. */
@NullMarked
package dev.milvuso.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
