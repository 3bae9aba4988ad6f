/** The command line: the entry point and the commands, one class each. In: arguments. Out: an exit code. */
@NullMarked
package dev.milvuso.standalone.command;

import org.jspecify.annotations.NullMarked;
