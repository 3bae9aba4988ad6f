/** The commands, one class each. */
@NullMarked
package dev.milvuso.standalone.command;

import org.jspecify.annotations.NullMarked;
