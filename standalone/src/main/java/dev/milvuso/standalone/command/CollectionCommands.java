package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.CollectionState;
import dev.milvuso.vector.CollectionStatistics;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.json.SchemaJson;
import dev.milvuso.vector.json.StatisticsJson;
import dev.milvuso.vector.text.CollectionTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Collections as a whole. */
final class CollectionCommands {
    private CollectionCommands() {}

    /** What {@code --metric} says. */
    static Metric metric(String name) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.label().equals(name))
                .findFirst()
                .or(() -> Metric.byMilvusName(name))
                .orElseThrow(() -> new ConfigException(
                        "--metric is " + name + ": must be inner_product, cosine, euclidean or manhattan"));
    }

    /** Those with one collection for their object. */
    abstract static class OfOne extends VectorsAction {
        @Parameters(index = "0", paramLabel = "COLLECTION", description = "name or alias")
        private String collection = "";

        String collection() {
            return collection;
        }
    }

    @Command(name = "list", description = "All collections, with their rows.")
    static final class ListAll extends VectorsAction {
        @Override
        void run(VectorStore store) {
            if (json()) {
                names("collections", store.list());
                return;
            }
            TextTable table = new TextTable("collection", "rows", "loaded", "aliases");
            for (String name : store.list()) {
                CollectionState state = store.state(name);
                table.add(List.of(
                        name,
                        Long.toString(state.rows()),
                        state.loaded() ? "yes" : "no",
                        String.join(", ", store.aliases(name))));
            }
            table.lines().forEach(this::print);
        }
    }

    @Command(name = "describe", description = "A collection's schema; with --json as `create --schema` takes it.")
    static final class Describe extends OfOne {
        @Override
        void run(VectorStore store) {
            CollectionSchema schema = schema(store, collection());
            print(out -> SchemaJson.write(out, schema), lines(schema));
        }

        private static List<String> lines(CollectionSchema schema) {
            JsonInput json = JsonBytes.read(JsonBytes.of(out -> SchemaJson.write(out, schema)));
            TextTable table = new TextTable("field", "is", "type");
            table.add(List.of(schema.key().name(), "key", type(json.get("key"))));
            json.get("vectors").elements(Integer.MAX_VALUE).forEach(field -> add(table, "vector", field));
            json.get("fields").elements(Integer.MAX_VALUE).forEach(field -> add(table, "field", field));
            List<String> lines = new ArrayList<>(List.of("collection " + schema.name()));
            lines.addAll(table.lines());
            schema.partitionKey().ifPresent(key -> lines.add("partitioned by " + key));
            schema.timeToLive().ifPresent(time -> lines.add("rows are found for " + time.toSeconds() + " s"));
            if (schema.dynamic()) {
                lines.add("rows may carry other fields as well");
            }
            return lines;
        }

        private static void add(TextTable table, String kind, JsonInput field) {
            table.add(List.of(field.get("name").text(), kind, type(field)));
        }

        private static String type(JsonInput field) {
            List<String> parts = new ArrayList<>(List.of(field.get("type").text()));
            field.names().stream()
                    .filter(name -> !name.equals("name") && !name.equals("type"))
                    .filter(name -> !name.equals("generated") || field.get(name).truth())
                    .forEach(name -> parts.add(name + " " + field.get(name).node()));
            return String.join(", ", parts);
        }
    }

    @Command(
            name = "create",
            description = {
                "Makes a collection.",
                "Of a schema in JSON, as `describe --json` writes it, or a simple one of texts for ids and one vector. Nothing happens if one of just this schema is there."
            })
    static final class Create extends VectorsAction {
        @Parameters(arity = "0..1", paramLabel = "COLLECTION", description = "wins over the schema's name")
        private @Nullable String name;

        @Option(names = "--schema", paramLabel = "FILE", description = "JSON with name, key, vectors, fields …")
        private @Nullable Path file;

        @Option(names = "--dimension", paramLabel = "N", description = "of a simple one: numbers in its vector")
        private @Nullable Integer dimension;

        @Option(
                names = "--metric",
                defaultValue = "cosine",
                paramLabel = "METRIC",
                description =
                        "of a simple one: inner_product, cosine, euclidean (squared) or manhattan; default: ${DEFAULT-VALUE}")
        private String metric = "cosine";

        @Override
        void run(VectorStore store) throws IOException {
            CollectionSchema schema = schema();
            store.create(schema);
            done("created", schema.name(), "collection " + schema.name() + " is ready");
        }

        private CollectionSchema schema() throws IOException {
            Path from = file;
            Integer numbers = dimension;
            if ((from == null) == (numbers == null)) {
                throw new ConfigException("give either --schema FILE or a name and --dimension N");
            }
            if (from != null) {
                CollectionSchema read = read(from, SchemaJson::read);
                return name == null ? read : read.renamed(name);
            }
            if (name == null || numbers == null) {
                throw new ConfigException("a simple collection needs a name: vectors create NAME --dimension N");
            }
            return new CollectionSchema(name, numbers, metric(metric), List.of());
        }
    }

    @Command(name = "drop", description = "Drops a collection with all that is in it.")
    static final class Drop extends OfOne {
        @Override
        void run(VectorStore store) {
            CollectionSchema schema = schema(store, collection());
            String name = schema.name();
            if (!name.equals(collection())) {
                throw new IllegalArgumentException(collection() + " is an alias of collection " + name
                        + ": drop that, or the alias with `vectors alias " + name + " --drop " + collection() + "`");
            }
            store.drop(collection());
            new CollectionTexts(store).forget(schema);
            done("dropped", collection(), "collection " + collection() + " is gone");
        }
    }

    @Command(name = "rename", description = "Gives a collection another name.")
    static final class Rename extends OfOne {
        @Parameters(index = "1", paramLabel = "NAME", description = "the new one")
        private String name = "";

        @Override
        void run(VectorStore store) {
            store.rename(collection(), name);
            done("renamed", name, "collection " + collection() + " is now " + name);
        }
    }

    @Command(name = "truncate", description = "Deletes every row of a collection.")
    static final class Truncate extends OfOne {
        @Override
        void run(VectorStore store) {
            store.truncate(collection());
            done("truncated", collection(), "collection " + collection() + " is empty");
        }
    }

    @Command(name = "load", description = "Makes a collection ready to be searched, which a new one is.")
    static final class Load extends OfOne {
        @Override
        void run(VectorStore store) {
            store.load(collection());
            done("loaded", collection(), "collection " + collection() + " is loaded");
        }
    }

    @Command(name = "release", description = "Takes a collection out of memory, until it is loaded again.")
    static final class Release extends OfOne {
        @Override
        void run(VectorStore store) {
            store.release(collection());
            done("released", collection(), "collection " + collection() + " is released");
        }
    }

    @Command(
            name = "stats",
            description = {
                "How a collection stands.",
                "Rows, sizes, which partitions are loaded, its fields' indexes, and the load of the processes that answer its",
                "searches."
            })
    static final class Stats extends OfOne {
        @Override
        void run(VectorStore store) {
            CollectionStatistics statistics = store.statistics(collection());
            print(out -> StatisticsJson.write(out, statistics), StatisticsTable.lines(statistics));
        }
    }
}
