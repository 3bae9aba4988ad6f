/** Joins actions with features and impressions with their answers, without any streaming engine. */
@NullMarked
package dev.milvuso.joiner.core;

import org.jspecify.annotations.NullMarked;
