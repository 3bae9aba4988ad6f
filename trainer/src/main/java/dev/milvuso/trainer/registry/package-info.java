/** Every model that was trained, with where it came from, and which of them is served. */
@NullMarked
package dev.milvuso.trainer.registry;

import org.jspecify.annotations.NullMarked;
