package dev.milvuso.server.ranking;

/** How much each candidate would add to those that were chosen before it; what it remembers is in the pool. */
interface Gain {
    /** As they are ranked. */
    Gain RANK = new Gain() {
        @Override
        public void begin(Pool pool, int count) {}

        @Override
        public double atMost(Pool pool, int row) {
            return -row;
        }

        @Override
        public double of(Pool pool, int row) {
            return -row;
        }

        @Override
        public void chosen(Pool pool, int row, int before) {}
    };

    /** @param count how many will be chosen */
    void begin(Pool pool, int count);

    /** What {@link #of} does not exceed, without much work; never NaN. */
    double atMost(Pool pool, int row);

    /** @return larger is better; never NaN */
    double of(Pool pool, int row);

    /**
     * The row is in the list.
     *
     * @param before how many are in it already
     */
    void chosen(Pool pool, int row, int before);
}
