/** Everything in one process: the embedded infrastructure, and the deployables on it. */
@NullMarked
package dev.milvuso.standalone;

import org.jspecify.annotations.NullMarked;
