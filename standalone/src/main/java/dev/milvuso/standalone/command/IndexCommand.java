package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.IndexJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The indexes of a collection's fields. */
@Command(
        name = "indexes",
        description = {
            "Lists the indexes of a collection's fields, after a change if one is asked for.",
            "Such as `indexes films --replace taste --type HNSW --parameter M=32 --wait 600`."
        })
final class IndexCommand extends CollectionCommands.OfOne {
    @Option(names = "--create", paramLabel = "FIELD", description = "an index of a field that has none")
    private @Nullable String create;

    @Option(names = "--replace", paramLabel = "FIELD", description = "another index in place of the field's")
    private @Nullable String replace;

    @Option(names = "--rebuild", paramLabel = "FIELD", description = "the field's index, anew as it is")
    private @Nullable String rebuild;

    @Option(
            names = "--drop",
            paramLabel = "FIELD",
            description = "the field's index; of a vector that releases the collection")
    private @Nullable String drop;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description =
                    "of --create and --replace: FLAT, IVF_FLAT, IVF_SQ8, IVF_PQ, HNSW, DISKANN, SCANN, AUTOINDEX, "
                            + "SPARSE_INVERTED_INDEX, INVERTED, TRIE or STL_SORT")
    private @Nullable String type;

    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "of --type, by Milvus's names, such as M=32")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--wait",
            defaultValue = "0",
            paramLabel = "SECONDS",
            description = "how long to wait until all rows are in the index; default: ${DEFAULT-VALUE}")
    private int wait;

    @Override
    void run(VectorStore store) {
        List<String> changed = Stream.of(create, replace, rebuild, drop)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (changed.size() > 1) {
            throw new ConfigException("one change at a time: give one of --create, --replace, --rebuild and --drop");
        }
        if ((type != null) != (create != null || replace != null)) {
            throw new ConfigException("--type says which index --create and --replace make: give both or neither");
        }
        schema(store, collection());
        Indexes indexes = store.indexes(collection());
        change(indexes);
        if (wait > 0 && drop == null && !changed.isEmpty()) {
            var unused = indexes.await(changed.get(0), Duration.ofSeconds(wait));
        }
        show(indexes.list());
    }

    private void change(Indexes indexes) {
        if (create != null) {
            indexes.create(create, spec());
        } else if (replace != null) {
            indexes.replace(replace, spec());
        } else if (rebuild != null) {
            indexes.rebuild(rebuild);
        } else if (drop != null) {
            indexes.drop(drop);
        }
    }

    private IndexSpec spec() {
        return IndexSpec.of(Objects.requireNonNull(type), parameters);
    }

    private void show(List<IndexDescription> all) {
        print(
                out -> {
                    out.writeStartObject();
                    out.writeArrayFieldStart("indexes");
                    for (IndexDescription index : all) {
                        IndexJson.write(out, index);
                    }
                    out.writeEndArray();
                    out.writeEndObject();
                },
                table(all).lines());
    }

    /** How they stand, an index a line. */
    static TextTable table(List<IndexDescription> all) {
        TextTable table = new TextTable("field", "index", "metric", "state", "rows", "waiting", "what it is");
        for (IndexDescription index : all) {
            table.add(List.of(
                    index.field(),
                    index.spec().label(),
                    index.metric()
                            .map(metric -> metric.toLowerCase(Locale.ROOT))
                            .orElse("\u2013"),
                    index.failure().orElse(index.state().name().toLowerCase(Locale.ROOT)),
                    Long.toString(index.rowsIndexed()),
                    Long.toString(index.rowsPending()),
                    index.structure()));
        }
        return table;
    }
}
