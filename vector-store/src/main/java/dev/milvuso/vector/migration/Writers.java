package dev.milvuso.vector.migration;

/**
 * Those who write through the alias. What they write while they are not halted, just before it is switched, is lost.
 */
public interface Writers {
    /** Returns when nothing is written any more. */
    void halt();

    /** Always follows, also when the migration fails. */
    void goOn();

    /** For a collection that nobody writes while it is migrated, or whose lost writes come again. */
    static Writers none() {
        return new Writers() {
            @Override
            public void halt() {
                // Nobody writes.
            }

            @Override
            public void goOn() {
                // Nobody was halted.
            }
        };
    }
}
