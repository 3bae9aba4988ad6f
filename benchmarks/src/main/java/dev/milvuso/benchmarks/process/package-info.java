/**
 * What every benchmark of a deployable needs: a broker apart, CPU time without the compiler, figures beside their
 * targets.
 */
@NullMarked
package dev.milvuso.benchmarks.process;

import org.jspecify.annotations.NullMarked;
