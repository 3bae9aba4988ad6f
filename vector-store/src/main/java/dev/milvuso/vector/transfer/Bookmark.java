package dev.milvuso.vector.transfer;

/** Remembers how far a transfer is, so that one that was cut off goes on. */
public interface Bookmark {
    /** {@link Mark#START} if nothing was remembered. */
    Mark read();

    /** What was read before this place is written. */
    void write(Mark mark);

    /** The transfer is over. */
    void remove();

    /** One that forgets: every run begins at the beginning. */
    static Bookmark none() {
        return new Bookmark() {
            @Override
            public Mark read() {
                return Mark.START;
            }

            @Override
            public void write(Mark mark) {
                // Nobody will ask.
            }

            @Override
            public void remove() {
                // Nothing was kept.
            }
        };
    }
}
