package dev.milvuso.server.collections;

import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.transfer.Bookmark;
import dev.milvuso.vector.transfer.CollectionCopy;
import dev.milvuso.vector.transfer.Mark;
import dev.milvuso.vector.transfer.Progress;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries an import out, and says what is stored of one that breaks off: to its client, and in the log, as the client
 * may be gone. Not for use by several threads.
 */
final class ImportRun {
    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);

    private final String collection;
    private final Mark first;
    private Mark last;

    ImportRun(String collection) {
        this(collection, 0);
    }

    /** @param skip of the body's rows, which an earlier run has stored */
    ImportRun(String collection, long skip) {
        this.collection = collection;
        this.first = new Mark(skip, Optional.empty(), Optional.empty());
        this.last = first;
    }

    /**
     * @param copy made of the body, which may be wrong
     * @return how many rows are stored
     * @throws Refusal if the body, the store or the disk breaks off, saying how many rows are stored
     */
    Reply of(Supplier<CollectionCopy> copy) {
        try {
            long rows = copy.get().run(new Kept(), Progress.NONE);
            LOG.info("an import into collection {} is done: {} rows", collection, rows);
            return StreamOperations.rows(rows);
        } catch (ClientBody.BrokenOff e) {
            throw brokenOff(400, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            LOG.error("an import into collection {} comes to an end", collection, e);
            throw brokenOff(500, "the server could not go on, and its log says why");
        } catch (Unavailable e) {
            LOG.warn("an import into collection {} comes to an end", collection, e);
            throw brokenOff(503, e.dependency() + " does not answer in time");
        } catch (IllegalArgumentException e) {
            LOG.warn("an import into collection {} is refused: {}", collection, e.getMessage());
            throw e;
        }
    }

    private Refusal brokenOff(int status, String why) {
        String stored = why + ": " + last.stored()
                + (last.rows() == 0
                        ? ""
                        : "; it can be sent again, as rows are put by key, with skip=" + last.rows()
                                + " if it is of lines");
        LOG.warn("an import into collection {} broke off: {}", collection, stored);
        return new Refusal(status, "body", stored);
    }

    /** For this run alone: another is another request. */
    private final class Kept implements Bookmark {
        @Override
        public Mark read() {
            return first;
        }

        @Override
        public void write(Mark mark) {
            last = mark;
        }

        @Override
        public void remove() {
            last = first;
        }
    }
}
