package dev.milvuso.trainer.archive.store;

import java.io.IOException;
import java.time.LocalDate;

/** A file that nobody reads yet. Not for several threads. */
public interface UnfinishedFile {
    /** @param columns what the record says */
    void add(ArchivedRecord record, Columns columns) throws IOException;

    /** Bytes so far, written or still in memory. */
    long bytes();

    /**
     * Moves it to its place, whole and on disk.
     *
     * @throws IOException if it cannot be, or if somebody who has taken the partition over has removed it; the
     *     archive's listing tells whether it is there
     */
    void finish(LocalDate day, long first, long last) throws IOException;

    /** Removes it as far as that can be done; the next who takes the partition removes what is left. */
    void abandon();
}
