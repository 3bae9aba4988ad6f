/** What follows the log, so that this instance knows what the others and the trainer did. */
@NullMarked
package dev.milvuso.server.sync;

import org.jspecify.annotations.NullMarked;
