/** The files in {@code deploy} and {@code docker-compose.yml}, held against the code that they start and watch. */
@NullMarked
package dev.milvuso.standalone.deploy;

import org.jspecify.annotations.NullMarked;
