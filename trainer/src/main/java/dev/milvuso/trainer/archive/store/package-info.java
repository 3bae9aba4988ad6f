/**
 * What an archive is made of, whatever holds it: its files, what they are called, and the port to write and read them.
 */
@NullMarked
package dev.milvuso.trainer.archive.store;

import org.jspecify.annotations.NullMarked;
