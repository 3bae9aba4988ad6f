/** What an event does to profiles and items in memory, and what of them waits to be stored. */
@NullMarked
package dev.milvuso.feature.worker.state;

import org.jspecify.annotations.NullMarked;
