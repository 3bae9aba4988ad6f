package dev.milvuso.vector;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A store for each test of a contract, and the name of a collection that no other test has. */
@Execution(ExecutionMode.CONCURRENT)
public abstract class StoreFixture {
    protected final String name;
    private @Nullable VectorStore opened;

    /** @param prefix of the name */
    protected StoreFixture(String prefix) {
        this.name = prefix + "_" + UUID.randomUUID().toString().replace('-', '_');
    }

    /** @return a store of its own for the test, or a connection of its own to one that other tests use as well */
    protected abstract VectorStore open() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        opened = open();
    }

    @AfterEach
    final void closeStore() {
        if (opened != null) {
            cleanUp();
            opened.close();
        }
    }

    /** Takes away what the test has made. */
    protected void cleanUp() {
        store().drop(name);
    }

    protected final VectorStore store() {
        return Objects.requireNonNull(opened);
    }

    protected final boolean can(Feature feature) {
        return store().features().contains(feature);
    }
}
