package dev.milvuso.vector.embedded;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.VectorStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the engine that keeps a journal. */
final class EmbeddedDurableTest extends VectorStoreContract {
    @TempDir
    Path folder;

    @Override
    protected VectorStore open() throws IOException {
        return EmbeddedVectorStore.in(Files.createTempDirectory(folder, "store"));
    }
}
