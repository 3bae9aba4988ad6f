package dev.milvuso.standalone.command;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.filter.FilterParser;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.text.CollectionTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Entities of a collection. */
final class EntityCommands {
    private EntityCommands() {}

    static Output output(@Nullable List<String> names, Output usual) {
        if (names == null) {
            return usual;
        }
        return names.equals(List.of("*")) ? Output.ALL : new Output.Named(new LinkedHashSet<>(names));
    }

    static Optional<Filter> filter(@Nullable String text) {
        return Optional.ofNullable(text).map(FilterParser::parse);
    }

    static List<Id> keys(EntityJson json, List<String> texts) {
        List<Id> keys = new ArrayList<>(texts.size());
        for (String text : texts) {
            try {
                keys.add(json.key(JsonInput.of(TextNode.valueOf(text))));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("key " + e.getMessage(), e);
            }
        }
        return keys;
    }

    /** Writes what stands in files. */
    abstract static class Write extends CollectionCommands.OfOne {
        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "FILE",
                description = "an entity in JSON a line; also .gz and .zst")
        private List<Path> files = new ArrayList<>();

        @Option(names = "--partition", paramLabel = "NAME", description = "to put them into; default: the default one")
        private @Nullable String partition;

        @Option(
                names = "--batch",
                defaultValue = "1000",
                paramLabel = "N",
                description = "entities written at a time, 1 to 10000; default: ${DEFAULT-VALUE}")
        private int batch = 1000;

        abstract void write(VectorStore store, Optional<String> into, List<Entity> entities);

        @Override
        final void run(VectorStore store) throws IOException, InterruptedException {
            Input.range("--batch", batch, 1, 10_000);
            CollectionSchema schema = schema(store, collection());
            EntityJson json = new EntityJson(schema);
            CollectionTexts texts = new CollectionTexts(store);
            Optional<String> into = Optional.ofNullable(partition);
            BulkWrite bulk =
                    new BulkWrite(files, batch, json, entities -> write(store, into, texts.complete(schema, entities)));
            bulk.run(err());
            if (json()) {
                print(Result.json(bulk.result()));
            } else {
                print(bulk.sentence());
            }
        }
    }

    @Command(name = "insert", description = "Adds entities whose keys are new, or are made by the store.")
    static final class Insert extends Write {
        @Override
        void write(VectorStore store, Optional<String> into, List<Entity> entities) {
            store.insert(collection(), into, entities);
        }
    }

    @Command(name = "upsert", description = "Inserts or replaces entities by key: run again, it changes nothing.")
    static final class Upsert extends Write {
        @Override
        void write(VectorStore store, Optional<String> into, List<Entity> entities) {
            store.upsert(collection(), into, entities);
        }
    }

    /** Those that show entities. */
    abstract static class Read extends CollectionCommands.OfOne {
        @Option(
                names = "--output",
                split = ",",
                paramLabel = "FIELD",
                description = "fields and vectors that are shown beside the key; \"*\" is all, and the default")
        private @Nullable List<String> output;

        abstract List<Entity> read(VectorStore store, EntityJson json, Output wanted);

        @Override
        final void run(VectorStore store) {
            EntityJson json = new EntityJson(schema(store, collection()));
            List<Entity> found = read(store, json, output(output, Output.ALL));
            print(
                    out -> {
                        out.writeStartObject();
                        out.writeFieldName("entities");
                        json.writeAll(out, found);
                        out.writeEndObject();
                    },
                    new EntityTable(json).lines(found));
        }
    }

    @Command(name = "get", description = "Entities by their keys; those that are not there are left out.")
    static final class Get extends Read {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY")
        private List<String> keys = new ArrayList<>();

        @Override
        List<Entity> read(VectorStore store, EntityJson json, Output wanted) {
            return store.get(collection(), keys(json, keys), wanted);
        }
    }

    @Command(name = "query", description = "Entities that a filter finds, in the order of their keys.")
    static final class Query extends Read {
        @Option(names = "--filter", paramLabel = "TEXT", description = "such as 'year >= 1990 and title like \"a%%\"'")
        private @Nullable String filter;

        @Option(names = "--partition", split = ",", paramLabel = "NAME", description = "to look in; default: all")
        private Set<String> partitions = new LinkedHashSet<>();

        @Option(names = "--offset", defaultValue = "0", paramLabel = "N", description = "how many are left out")
        private int offset;

        @Option(
                names = "--limit",
                defaultValue = "20",
                paramLabel = "N",
                description = "how many at most; with the offset up to 16384; default: ${DEFAULT-VALUE}")
        private int limit = 20;

        @Override
        List<Entity> read(VectorStore store, EntityJson json, Output wanted) {
            QueryRequest request = new QueryRequest(filter(filter), wanted, partitions, offset, limit);
            return store.query(collection(), request);
        }
    }

    @Command(name = "delete", description = "Deletes entities by their keys or by a filter.")
    static final class Delete extends CollectionCommands.OfOne {
        @Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY")
        private List<String> keys = new ArrayList<>();

        @Option(names = "--filter", paramLabel = "TEXT", description = "what is found by it is deleted")
        private @Nullable String filter;

        @Override
        void run(VectorStore store) {
            Optional<Filter> found = filter(filter);
            if (keys.isEmpty() == found.isEmpty()) {
                throw new ConfigException("give either keys or --filter; `vectors truncate` deletes everything");
            }
            CollectionSchema schema = schema(store, collection());
            if (found.isPresent()) {
                store.deleteWhere(collection(), found.get());
            } else {
                store.deleteKeys(collection(), keys(new EntityJson(schema), keys));
            }
            done("deleted_from", collection(), "deleted");
        }
    }

    @Command(name = "count", description = "How many entities there are, or a filter finds.")
    static final class Count extends CollectionCommands.OfOne {
        @Option(names = "--filter", paramLabel = "TEXT", description = "which are counted; default: all")
        private @Nullable String filter;

        @Override
        void run(VectorStore store) {
            Optional<Filter> found = filter(filter);
            long count = found.isPresent() ? store.count(collection(), found.get()) : store.count(collection());
            print(json() ? Result.json(Result.of("count", count)) : Long.toString(count));
        }
    }
}
