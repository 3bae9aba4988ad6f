package dev.milvuso.vector.migration;

/**
 * Hears how a migration gets on, by the thread that migrates. What it throws stops the migration, which may go on
 * later.
 */
@FunctionalInterface
public interface MigrationProgress {
    MigrationProgress NONE = (version, step, rows, all) -> {};

    /** What is done to reach a version, in order. */
    enum Step {
        COPY,
        /** Takes over what was written during the copy. */
        CATCH_UP,
        VERIFY,
        SWITCH
    }

    /**
     * @param version that is being reached
     * @param rows done of this step
     * @param all rows there were when the step began
     */
    void done(int version, Step step, long rows, long all);
}
