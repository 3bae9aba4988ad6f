package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Entity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into a directory: {@code part-000001.jsonl.gz} or {@code .parquet} and so on, and {@code manifest.json}
 * last, with schema, indexes, partitions, aliases and each part's SHA-256. Memory holds one batch of rows, and of
 * Parquet some megabytes more.
 *
 * <p>A run that was cut off goes on: parts that are whole stay, and the first that is not, with all behind it, is
 * written again. An export of a collection that is written meanwhile holds each row as it was at some moment of it.
 */
public final class CollectionExport {
    /** Bytes of rows in a part, before compression where that is of lines. */
    public static final long PART_BYTES = 64L << 20;

    private final RowSource source;
    private final Path directory;
    private final long partBytes;
    private final ExportFormat format;

    /** One in lines of JSON. */
    public CollectionExport(RowSource source, Path directory, long partBytes) {
        this(source, directory, partBytes, ExportFormat.JSONL);
    }

    /** @param partBytes of rows in a part, about; at least 1 */
    public CollectionExport(RowSource source, Path directory, long partBytes, ExportFormat format) {
        if (partBytes < 1) {
            throw new IllegalArgumentException("a part of " + partBytes + " bytes: must have at least 1");
        }
        this.source = source;
        this.directory = directory;
        this.partBytes = partBytes;
        this.format = format;
    }

    /**
     * @return rows in the export
     * @throws IllegalArgumentException if the directory holds a finished export or one of something else
     */
    public long run(Progress progress) {
        try {
            Files.createDirectories(directory);
            Manifest manifest = begun();
            source.check(manifest.behind(manifest.parts().size()));
            manifest = write(manifest, progress);
            Durable.write(directory.resolve(Manifest.FINISHED), manifest.bytes());
            Files.deleteIfExists(directory.resolve(Manifest.UNFINISHED));
            return manifest.rows();
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "Parquet's libraries are not on the class path: see docs/decisions/collection-transfer.md", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot export to " + directory + ": " + e.getMessage(), e);
        }
    }

    private Manifest begun() throws IOException {
        if (Files.exists(directory.resolve(Manifest.FINISHED))) {
            throw new IllegalArgumentException(
                    directory + " holds a finished export already: choose another directory");
        }
        Manifest fresh = new Manifest(
                source.schema(), source.indexes(), source.partitions(), source.aliases(), format, List.of());
        Path unfinished = directory.resolve(Manifest.UNFINISHED);
        if (!Files.exists(unfinished)) {
            return fresh;
        }
        Manifest there = Manifest.read(unfinished);
        List<String> differences = there.schema().differences(source.schema());
        if (!there.schema().name().equals(source.schema().name()) || !differences.isEmpty()) {
            throw new IllegalArgumentException(directory + " holds an unfinished export of collection "
                    + there.schema().name() + (differences.isEmpty() ? "" : " (" + String.join("; ", differences) + ")")
                    + ": choose another directory");
        }
        if (there.format() != format) {
            throw new IllegalArgumentException(directory + " holds an unfinished export as "
                    + there.format().label() + ": go on in that, or choose another directory");
        }
        return fresh.with(whole(there.parts()));
    }

    private List<Part> whole(List<Part> parts) throws IOException {
        List<Part> whole = new ArrayList<>();
        for (Part part : parts) {
            Path file = directory.resolve(part.file());
            if (!Files.exists(file) || !Durable.sha256(file).equals(part.sha256())) {
                break;
            }
            whole.add(part);
        }
        return whole;
    }

    private Manifest write(Manifest begun, Progress progress) throws IOException {
        Manifest manifest = begun;
        long all = source.count();
        long rows = manifest.rows();
        @Nullable PartWriter writer = null;
        @Nullable Entity last = null;
        try (RowSource.Rows batches =
                source.behind(manifest.behind(manifest.parts().size()))) {
            while (batches.hasNext()) {
                RowBatch batch = batches.next();
                if (writer != null && last != null && isFull(writer, batch)) {
                    manifest = finish(manifest, writer, last);
                    writer = null;
                }
                if (writer == null) {
                    Path place = directory.resolve(Part.name(manifest.parts().size() + 1, format));
                    writer = new PartWriter(source.schema(), format.parts(), place, batch.partition());
                }
                for (Entity row : batch.rows()) {
                    writer.write(row);
                    last = row;
                }
                rows += batch.rows().size();
                progress.done(rows, all);
            }
            return writer == null || last == null ? manifest : finish(manifest, writer, last);
        } finally {
            if (writer != null) {
                writer.close();
            }
        }
    }

    private boolean isFull(PartWriter writer, RowBatch next) {
        return writer.bytes() >= partBytes || !writer.partition().equals(next.partition());
    }

    private Manifest finish(Manifest manifest, PartWriter writer, Entity last) throws IOException {
        Manifest more = manifest.with(List.of(writer.finish(last)));
        Durable.write(directory.resolve(Manifest.UNFINISHED), more.bytes());
        return more;
    }
}
