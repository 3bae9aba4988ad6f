package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.embedded.DataDirectoryLock;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import dev.milvuso.vector.rest.RestVectorStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store a copy goes to: another one, another database, or where the collection is. */
final class CopyTarget {
    @Option(names = "--to-url", paramLabel = "URL", description = "a running Milvuso")
    private @Nullable URI url;

    @Option(
            names = "--to-uri",
            paramLabel = "URI",
            description = "a Milvus, such as http://127.0.0.1:19530; the rest as [milvus] says")
    private @Nullable String uri;

    @Option(names = "--to-data-dir", paramLabel = "DIR", description = "the embedded store in a folder that is there")
    private @Nullable Path directory;

    @Option(names = "--to-database", paramLabel = "NAME", description = "of that store, where it must be")
    private @Nullable String database;

    void with(ConfigOptions options, VectorStore here, VectorStoreOptions.Work work) throws Exception {
        if (Stream.of(url, uri, directory).filter(Objects::nonNull).count() > 1) {
            throw new ConfigException("--to-url, --to-uri and --to-data-dir name one store each: give one of them");
        }
        if (url != null) {
            inDatabase(new RestVectorStore(url, VectorStoreOptions.patience(options.load())), work);
        } else if (uri != null) {
            inDatabase(
                    new MilvusVectorStore(options.load(List.of("milvus.backend=milvus", "milvus.uri=" + uri))
                            .milvus()),
                    work);
        } else if (directory != null) {
            inFolder(directory, work);
        } else {
            inDatabaseOf(here, work);
        }
    }

    private void inFolder(Path folder, VectorStoreOptions.Work work) throws Exception {
        if (!Files.isDirectory(folder)) {
            throw new ConfigException("--to-data-dir " + folder + ": there is no such folder");
        }
        try (DataDirectoryLock lock = DataDirectoryLock.take(folder)) {
            Objects.requireNonNull(lock);
            inDatabase(EmbeddedVectorStore.in(folder.resolve("vectors")), work);
        }
    }

    private void inDatabase(VectorStore opened, VectorStoreOptions.Work work) throws Exception {
        try (VectorStore store = opened) {
            inDatabaseOf(store, work);
        }
    }

    private void inDatabaseOf(VectorStore store, VectorStoreOptions.Work work) throws Exception {
        if (database == null) {
            work.run(store);
        } else {
            try (VectorStore other = store.database(database)) {
                work.run(other);
            }
        }
    }
}
