package dev.milvuso.vector.learned;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.VectorStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the collections of learned vectors are of the rows that the configuration says. One that is not there
 * yet is no fault, nor is a store that does not answer: both are looked at again. Safe for use by many threads.
 */
public final class SchemaCheck implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaCheck.class);

    private final VectorStore store;
    private final List<CollectionSchema> asked;
    private final CountDownLatch looked = new CountDownLatch(1);
    private boolean allFound;
    private volatile Optional<String> mismatch = Optional.empty();

    public SchemaCheck(Config config, VectorStore store) {
        this.store = store;
        this.asked = LearnedCollections.lasting(config);
    }

    /** Looks once, which takes as long as the store does; does nothing when all have been found to be right. */
    @Override
    public synchronized void run() {
        if (allFound) {
            return;
        }
        try {
            allFound = verify();
            mismatch = Optional.empty();
        } catch (IllegalArgumentException e) {
            String sentence = sentence(e);
            if (!mismatch.equals(Optional.of(sentence))) {
                LOG.error(sentence);
            }
            mismatch = Optional.of(sentence);
        } catch (RuntimeException e) {
            LOG.debug("the vector store does not say of which rows its collections are", e);
        } finally {
            looked.countDown();
        }
    }

    /** Whether all are there. */
    private boolean verify() {
        boolean all = true;
        for (CollectionSchema schema : asked) {
            if (store.describe(schema.name()).isPresent()) {
                store.verify(schema);
            } else {
                all = false;
            }
        }
        return all;
    }

    private static String sentence(IllegalArgumentException difference) {
        return difference.getMessage()
                + " by milvus.dimension and training.metric: set these to what it has, or milvus.collection_name to"
                + " another name";
    }

    /** What was otherwise when it was last looked at: one sentence that names the collection and each field. */
    public Optional<String> mismatch() {
        return mismatch;
    }

    /**
     * For a start: waits until it has been looked once.
     *
     * @param patience after which the start goes on without
     * @throws ConfigException if a collection is otherwise
     */
    public void await(Duration patience) {
        try {
            if (!looked.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("the vector store does not answer: its collections are looked at when it does");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        mismatch.ifPresent(sentence -> {
            throw new ConfigException(sentence);
        });
    }
}
