package dev.milvuso.trainer.archive;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends StoreContract {
    @TempDir
    Path directory;

    @Override
    List<String> settings(String folder) {
        return List.of("archive.uri=" + directory.resolve(folder));
    }

    @Override
    Map<String, String> environment() {
        return Map.of();
    }
}
