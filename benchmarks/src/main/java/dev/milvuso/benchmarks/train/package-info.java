/** The batch trainer beside its peers: in comes a data set, given or generated, out go speed and quality. */
@NullMarked
package dev.milvuso.benchmarks.train;

import org.jspecify.annotations.NullMarked;
