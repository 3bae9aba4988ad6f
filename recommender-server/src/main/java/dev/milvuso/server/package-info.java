/** The deployable that takes actions and answers with recommendations: its wiring. */
@NullMarked
package dev.milvuso.server;

import org.jspecify.annotations.NullMarked;
