/** The command line, as users see it. */
@NullMarked
package dev.milvuso.standalone.command;

import org.jspecify.annotations.NullMarked;
