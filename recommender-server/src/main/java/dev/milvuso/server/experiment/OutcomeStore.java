package dev.milvuso.server.experiment;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What users of experiments did. Every call may throw {@link dev.milvuso.component.Unavailable}. */
public interface OutcomeStore {
    /** Adds to what is known; lists that were served after the user's outcome window are left out. */
    void add(Collection<UserSums> sums);

    /**
     * By variant.
     *
     * @param until only users whose first list was served before then are measured, so that all have had their time
     */
    List<VariantSample> samples(Definition definition, Instant until);
}
