/** What tests of several modules share. */
@NullMarked
package dev.milvuso.testkit;

import org.jspecify.annotations.NullMarked;
