package dev.milvuso.vector.embedded;

/**
 * What changes a store: written down, then done, which is the same as what reading it back does. Whoever changes
 * anything holds this object's monitor, so that there is one change at a time.
 */
final class Changes {
    private final EmbeddedSession session;
    private final JournalWriter journal;

    Changes(EmbeddedSession session, JournalWriter journal) {
        this.session = session;
        this.journal = journal;
    }

    void make(byte[] record) {
        write(record);
        session.catalogue().apply(record);
    }

    /** Writes down what the caller does next. */
    void write(byte[] record) {
        session.refuseIfClosed();
        journal.append(record);
    }

    /** @return whether the journal has begun anew */
    boolean shorten() {
        return journal.rewriteIfMostlyOld(session.catalogue());
    }
}
