package dev.milvuso.vector.transfer;

/** Hears how a transfer gets on, by the thread that transfers, after each batch. What it throws stops the transfer. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (rows, all) -> {};

    /**
     * @param rows done so far, those of an earlier run too
     * @param all rows there were at the beginning, which may have become more or fewer
     */
    void done(long rows, long all);
}
