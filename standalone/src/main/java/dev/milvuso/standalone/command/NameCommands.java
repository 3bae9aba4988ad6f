package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.BackendInfo;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.BackendJson;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What has nothing but a name: aliases, partitions, databases. */
final class NameCommands {
    private NameCommands() {}

    /** One of several options, or none. */
    private static void atMostOne(@Nullable String... given) {
        int count = 0;
        for (String one : given) {
            count += one == null ? 0 : 1;
        }
        if (count > 1) {
            throw new ConfigException("one change at a time: give one of the options");
        }
    }

    @Command(name = "alias", description = "Lists a collection's aliases, after a change if one is asked for.")
    static final class Alias extends CollectionCommands.OfOne {
        @Option(names = "--create", paramLabel = "ALIAS", description = "one that nothing is called yet")
        private @Nullable String create;

        @Option(
                names = "--move",
                paramLabel = "ALIAS",
                description = "of another collection: it stands for this one, at once")
        private @Nullable String move;

        @Option(names = "--drop", paramLabel = "ALIAS", description = "of this collection")
        private @Nullable String drop;

        @Override
        void run(VectorStore store) {
            atMostOne(create, move, drop);
            schema(store, collection());
            if (create != null) {
                store.createAlias(create, collection());
            } else if (move != null) {
                store.alterAlias(move, collection());
            } else if (drop != null) {
                if (!store.aliases(collection()).contains(drop)) {
                    throw new IllegalArgumentException("collection " + collection() + " has no alias " + drop);
                }
                store.dropAlias(drop);
            }
            names("aliases", store.aliases(collection()));
        }
    }

    @Command(name = "partitions", description = "Lists a collection's partitions, after a change if one is asked for.")
    static final class Partitions extends CollectionCommands.OfOne {
        @Option(names = "--create", paramLabel = "PARTITION", description = "if it is not there")
        private @Nullable String create;

        @Option(names = "--drop", paramLabel = "PARTITION", description = "with its rows")
        private @Nullable String drop;

        @Option(names = "--load", paramLabel = "PARTITION", description = "ready to be searched again")
        private @Nullable String load;

        @Option(
                names = "--release",
                paramLabel = "PARTITION",
                description = "nothing finds its rows until it is loaded again; `stats` shows which are loaded")
        private @Nullable String release;

        @Override
        void run(VectorStore store) {
            atMostOne(create, drop, load, release);
            if (create != null) {
                store.createPartition(collection(), create);
            } else if (drop != null) {
                if (!store.partitions(collection()).contains(drop)) {
                    throw new IllegalArgumentException("collection " + collection() + " has no partition " + drop);
                }
                store.dropPartition(collection(), drop);
            } else if (load != null) {
                store.loadPartition(collection(), load);
            } else if (release != null) {
                store.releasePartition(collection(), release);
            }
            names("partitions", store.partitions(collection()));
        }
    }

    @Command(name = "databases", description = "Lists the store's databases, after a change if one is asked for.")
    static final class Databases extends VectorsAction {
        @Option(names = "--create", paramLabel = "NAME", description = "if it is not there")
        private @Nullable String create;

        @Option(names = "--drop", paramLabel = "NAME", description = "an empty one")
        private @Nullable String drop;

        @Override
        void run(VectorStore store) {
            atMostOne(create, drop);
            if (create != null) {
                store.createDatabase(create);
            } else if (drop != null) {
                store.dropDatabase(drop);
            }
            names("databases", store.databases());
        }
    }

    @Command(
            name = "tenants",
            description = {
                "Lists the tenants that have something, after a change if one is asked for.",
                "--tenancy says how they are kept apart. What one has: --tenant NAME with any other of these commands."
            })
    static final class TenantNames extends VectorsAction {
        @Option(names = "--create", paramLabel = "NAME", description = "where each has a database: makes it")
        private @Nullable String create;

        @Option(names = "--drop", paramLabel = "NAME", description = "with all that it has")
        private @Nullable String drop;

        @Override
        void run(VectorStore store) {
            atMostOne(create, drop);
            if (create != null) {
                tenancy().of(store).tenant(create).close();
            } else if (drop != null) {
                tenancy().drop(store, drop);
            }
            names("tenants", tenancy().list(store));
        }
    }

    @Command(name = "features", description = "Which store it is, and what it can do of what not every one can.")
    static final class Features extends VectorsAction {
        @Override
        void run(VectorStore store) {
            BackendInfo info = store.backendInfo();
            print(
                    out -> BackendJson.write(out, info),
                    Stream.concat(
                                    Stream.of(info.name() + " " + info.version()),
                                    info.features().stream()
                                            .sorted()
                                            .map(feature -> feature.name() + ": " + feature.what()))
                            .toList());
        }
    }
}
