package dev.milvuso.vector.embedded;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * How a column's index is made beside what else happens.
 *
 * @param background does what takes long
 * @param exclusively runs a short piece while nobody reads or writes the column
 * @param exactBelow with fewer rows there is no structure, since scoring them all is quicker
 * @param made called once a structure has been made
 */
record IndexWork(Executor background, Consumer<Runnable> exclusively, int exactBelow, Runnable made) {}
