package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.config.MilvusConfig;
import dev.milvuso.embedded.DataDirectoryLock;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import dev.milvuso.vector.rest.RestVectorStore;
import dev.milvuso.vector.tenant.Tenancy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which vector store is meant. */
final class VectorStoreOptions {
    /** What the server's own deadline leaves to the way there and back. */
    private static final Duration WAY = Duration.ofSeconds(5);

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {
                "a running Milvuso, whose collections are meant, such as http://127.0.0.1:8080;",
                "default, unless milvus.backend is \"milvus\": server.host and server.port"
            })
    private @Nullable URI url;

    @Option(
            names = "--uri",
            paramLabel = "URI",
            description = "a Milvus, such as http://127.0.0.1:19530; default with milvus.backend \"milvus\": [milvus]")
    private @Nullable String uri;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "data directory of a standalone that does not run, or any folder: the embedded store in it")
    private @Nullable Path directory;

    @Option(names = "--database", paramLabel = "NAME", description = "of the store; default: milvus.database")
    private @Nullable String database;

    @Option(names = "--tenant", paramLabel = "NAME", description = "whose part of the store; default: all of it")
    private @Nullable String tenant;

    @Option(
            names = "--tenancy",
            defaultValue = "collection",
            paramLabel = "WAY",
            description =
                    "how tenants are kept apart: database, collection, field or partition_key; default: ${DEFAULT-VALUE}")
    private String tenancy = "collection";

    /** What is done with a store. */
    interface Work {
        void run(VectorStore store) throws Exception;
    }

    void with(ConfigOptions options, Work work) throws Exception {
        if (Stream.of(url, uri, directory).filter(Objects::nonNull).count() > 1) {
            throw new ConfigException("--url, --uri and --data-dir name one store each: give one of them");
        }
        Path folder = directory;
        if (folder == null) {
            Config config =
                    uri == null ? options.load() : options.load(List.of("milvus.backend=milvus", "milvus.uri=" + uri));
            inDatabase(open(config), work);
        } else {
            inFolder(folder, work);
        }
    }

    private VectorStore open(Config config) {
        MilvusConfig milvus = config.milvus();
        if (url == null && !milvus.isEmbedded()) {
            return new MilvusVectorStore(milvus);
        }
        URI server = url == null
                ? URI.create("http://" + config.server().host() + ":"
                        + config.server().port())
                : url;
        return new RestVectorStore(server, patience(config));
    }

    /** How long an answer of a running Milvuso is waited for. */
    static Duration patience(Config config) {
        return config.server().collectionsDeadline().plus(WAY);
    }

    private void inFolder(Path folder, Work work) throws Exception {
        if (!Files.isDirectory(folder)) {
            throw new ConfigException("--data-dir " + folder + ": there is no such folder");
        }
        try (DataDirectoryLock lock = DataDirectoryLock.take(folder)) {
            Objects.requireNonNull(lock);
            inDatabase(EmbeddedVectorStore.in(folder.resolve("vectors")), work);
        }
    }

    private void inDatabase(VectorStore opened, Work work) throws Exception {
        try (VectorStore store = opened) {
            if (database == null) {
                inTenant(store, work);
            } else {
                try (VectorStore other = store.database(database)) {
                    inTenant(other, work);
                }
            }
        }
    }

    private void inTenant(VectorStore store, Work work) throws Exception {
        if (tenant == null) {
            work.run(store);
        } else {
            try (VectorStore theirs = tenancy().view(store, tenant)) {
                work.run(theirs);
            }
        }
    }

    Tenancy tenancy() {
        return Tenancy.named(tenancy);
    }
}
