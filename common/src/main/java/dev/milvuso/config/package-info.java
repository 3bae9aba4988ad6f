/**
 * The configuration file as checked records. In: TOML, environment, command line. Out: one
 * {@link dev.milvuso.config.Config}.
 */
@NullMarked
package dev.milvuso.config;

import org.jspecify.annotations.NullMarked;
