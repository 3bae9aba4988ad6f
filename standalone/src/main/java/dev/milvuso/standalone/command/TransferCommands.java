package dev.milvuso.standalone.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.transfer.CollectionCopy;
import dev.milvuso.vector.transfer.CollectionExport;
import dev.milvuso.vector.transfer.Comparison;
import dev.milvuso.vector.transfer.ExportFormat;
import dev.milvuso.vector.transfer.ExportedRows;
import dev.milvuso.vector.transfer.FileBookmark;
import dev.milvuso.vector.transfer.RowSource;
import dev.milvuso.vector.transfer.StoreRows;
import dev.milvuso.vector.transfer.file.RowIds;
import dev.milvuso.vector.transfer.file.TableRows;
import dev.milvuso.vector.transfer.file.VectorFile;
import dev.milvuso.vector.transfer.file.VectorFileRows;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whole collections, out of a store and into one. Each of these may be stopped and run again: it goes on. */
final class TransferCommands {
    private TransferCommands() {}

    /** What two collections have otherwise, into an object that is begun. */
    static void writeMembers(JsonGenerator out, Comparison result) throws IOException {
        out.writeBooleanField("equal", result.isEqual());
        out.writeNumberField("missing", result.missing());
        out.writeNumberField("extra", result.extra());
        out.writeNumberField("different", result.different());
        out.writeStringField("sha256", result.sha256());
    }

    static String sentence(Comparison result) {
        return String.format(
                Locale.ROOT,
                "%,d rows: %,d missing, %,d extra, %,d different%s",
                result.rows(),
                result.missing(),
                result.extra(),
                result.different(),
                result.first().map(first -> ", the first: " + first).orElse(""));
    }

    /** Those that end with so many rows. */
    abstract static class Transfer extends CollectionCommands.OfOne {
        void report(String what, long rows, long startedNanos) {
            double seconds = (System.nanoTime() - startedNanos) / 1e9;
            Map<String, Object> result = Result.of("rows", rows, "seconds", seconds, "rows_per_second", rows / seconds);
            String text =
                    String.format(Locale.ROOT, "%,d rows %s in %.1f s (%,.0f/s)", rows, what, seconds, rows / seconds);
            print(json() ? Result.json(result) : text);
        }
    }

    @Command(
            name = "export",
            description = {
                "Writes a collection into a folder: its schema, indexes, partitions and aliases, and its rows, with checksums.",
                "A run that was stopped goes on."
            })
    static final class Export extends Transfer {
        @Parameters(index = "1", paramLabel = "DIR", description = "made if it is not there")
        private Path directory = Path.of("");

        @Option(
                names = "--format",
                defaultValue = "jsonl",
                paramLabel = "FORMAT",
                description = "of the rows: jsonl, lines of JSON in gzip, or parquet; default: ${DEFAULT-VALUE}")
        private String format = "jsonl";

        @Override
        void run(VectorStore store) throws InterruptedException {
            ExportFormat files = ExportFormat.named(format);
            if (Files.exists(directory) && !Files.isDirectory(directory)) {
                throw new ConfigException(directory + ": is a file, must be a folder");
            }
            schema(store, collection());
            long started = System.nanoTime();
            CollectionExport export = new CollectionExport(
                    new StoreRows(store, collection()), directory, CollectionExport.PART_BYTES, files);
            report("exported", TransferProgress.during(err(), "exported", export::run), started);
        }
    }

    @Command(
            name = "import",
            description = {
                "Makes a collection of an export's folder, or of a file of vectors: .npy, .fvecs, .bvecs, or an IndexFlat of Faiss.",
                "The rows of a Parquet file, whose columns are named as the fields, go into one that is there.",
                "A run that was stopped goes on; how far it was stands beside what is read, in .COLLECTION.progress."
            })
    static final class Import extends Transfer {
        @Parameters(index = "1", paramLabel = "DIR|FILE", description = "what `export` made, Parquet, or vectors")
        private Path from = Path.of("");

        @Option(
                names = "--ids",
                paramLabel = "FILE",
                description =
                        "of a file of vectors: their keys, a line each, or .npy; default: the file's, or 0, 1, 2 …")
        private @Nullable Path ids;

        @Option(
                names = "--metric",
                paramLabel = "METRIC",
                description = {
                    "of a file of vectors: inner_product, cosine, euclidean (squared) or manhattan;",
                    "default: the file's, or cosine"
                })
        private @Nullable String metric;

        @Option(
                names = "--field",
                defaultValue = CollectionSchema.VECTOR,
                paramLabel = "NAME",
                description = "of a file of vectors: the field's name; default: ${DEFAULT-VALUE}")
        private String field = CollectionSchema.VECTOR;

        @Option(
                names = "--aliases",
                description = "of an export: give the collection the aliases that the other had, which must be free")
        private boolean aliases;

        @Override
        void run(VectorStore store) throws Exception {
            if (Files.isDirectory(from)) {
                if (ids != null || metric != null) {
                    throw new ConfigException("--ids and --metric are of files of vectors: an export has its own");
                }
                CollectionCopy all = new CollectionCopy(ExportedRows.of(from), store, collection());
                copy(aliases ? all.withAliases() : all);
                return;
            }
            Input.readable(from);
            try (FileChannel file = FileChannel.open(from)) {
                if (TableRows.isParquet(file)) {
                    importParquet(store, file);
                    return;
                }
            }
            if (aliases) {
                throw new ConfigException("--aliases is of exports: a file of vectors has none");
            }
            Path keys = ids;
            try (VectorFile file = VectorFile.open(from);
                    RowIds named = keys == null
                            ? file.ids().orElseGet(() -> RowIds.positions(file.count()))
                            : RowIds.open(keys)) {
                Metric chosen =
                        metric == null ? file.metric().orElse(Metric.COSINE) : CollectionCommands.metric(metric);
                copy(new CollectionCopy(
                        new VectorFileRows(file, named, chosen, collection(), field), store, collection()));
            }
        }

        private void importParquet(VectorStore store, FileChannel file) throws InterruptedException {
            if (ids != null || metric != null || isGiven("--field")) {
                throw new ConfigException("--ids, --metric and --field are of files of vectors: a Parquet file has"
                        + " columns, named as the collection's fields");
            }
            RowSource rows = TableRows.of(from.toString(), file, () -> schema(store, collection()));
            if (!(rows instanceof TableRows)) {
                CollectionCopy all = new CollectionCopy(rows, store, collection());
                copy(aliases ? all.withAliases() : all);
                return;
            }
            if (aliases) {
                throw new ConfigException("--aliases is of exports: " + from + " is none and names no aliases");
            }
            copy(new CollectionCopy(rows, store, rows.schema().name()));
        }

        private void copy(CollectionCopy copy) throws InterruptedException {
            long started = System.nanoTime();
            Path mark = from.toAbsolutePath().resolveSibling("." + collection() + ".progress");
            FileBookmark bookmark = new FileBookmark(mark, from.toAbsolutePath() + " to " + collection());
            long written;
            try {
                written = TransferProgress.during(err(), "imported", progress -> copy.run(bookmark, progress));
            } catch (Unavailable e) {
                throw new IllegalStateException(
                        e.getMessage() + "; " + bookmark.read().stored() + ": run it again to go on", e);
            }
            report("imported", written, started);
        }
    }

    @Command(
            name = "compare",
            description = {
                "Compares a collection, row by row, with what `export` made of it or of another.",
                "Exit 0 if they are equal, 1 if not."
            })
    static final class Compare extends CollectionCommands.OfOne {
        @Parameters(index = "1", paramLabel = "DIR", description = "what `export` made")
        private Path directory = Path.of("");

        @Override
        void run(VectorStore store) throws InterruptedException {
            schema(store, collection());
            CollectionCopy copy = new CollectionCopy(ExportedRows.of(directory), store, collection());
            Comparison result = TransferProgress.during(err(), "compared", copy::compare);
            print(
                    out -> {
                        out.writeStartObject();
                        out.writeNumberField("rows", result.rows());
                        writeMembers(out, result);
                        out.writeEndObject();
                    },
                    List.of(sentence(result)));
            if (!result.isEqual()) {
                throw new IllegalStateException("collection " + collection() + " is not what " + directory + " holds");
            }
        }
    }
}
