/** Tests of readers of vector files, against files of those who made the formats. */
@NullMarked
package dev.milvuso.vector.transfer.file;

import org.jspecify.annotations.NullMarked;
