package dev.milvuso.trainer.replay;

/** One way of learning from a stream, which foresees an event before it sees it. */
interface Contestant {
    /** What an item scores that it does not know: below all that it knows. */
    double UNKNOWN = Double.NEGATIVE_INFINITY;

    String name();

    /**
     * Foresees the events of a replay, as far as they are to be ranked, each from nothing but earlier ones.
     *
     * @param ranks to be told
     */
    void replay(Replayed stream, Ranks ranks);
}
