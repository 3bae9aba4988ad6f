package dev.milvuso.trainer.data;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the lines that could not be read and says the first of them, so that a broken file does not fill the log. */
public final class SkippedLines {
    private static final Logger LOG = LoggerFactory.getLogger(SkippedLines.class);
    private static final int SAID = 20;

    private long count;

    /** @param message names file, line and fault */
    public void add(String message) {
        count++;
        if (count <= SAID) {
            LOG.warn("skipped: {}", message);
        }
        if (count == SAID) {
            LOG.warn("skipped: further lines of this file are counted and no longer named");
        }
    }

    public long count() {
        return count;
    }
}
