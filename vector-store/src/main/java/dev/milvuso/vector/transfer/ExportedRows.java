package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The rows of a finished export. */
public final class ExportedRows implements RowSource {
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final Manifest manifest;
    private final RowJson json;
    private final int batch;

    private ExportedRows(Path directory, Manifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
        this.json = new RowJson(manifest.schema());
        this.batch = BatchSize.rows(manifest.schema());
    }

    /**
     * Opens an export whose every byte is as it was written.
     *
     * @throws IllegalArgumentException naming the file that is missing, damaged or not an export's
     */
    public static ExportedRows of(Path directory) {
        Path finished = directory.resolve(Manifest.FINISHED);
        if (!Files.exists(finished)) {
            throw new IllegalArgumentException(
                    Files.exists(directory.resolve(Manifest.UNFINISHED))
                            ? "the export in " + directory + " is unfinished: run it again"
                            : directory + " holds no export: there is no " + Manifest.FINISHED);
        }
        Manifest manifest = Manifest.read(finished);
        manifest.parts().forEach(part -> verify(directory.resolve(part.file()), part));
        return new ExportedRows(directory, manifest);
    }

    private static void verify(Path file, Part part) {
        try {
            if (!Files.exists(file)) {
                throw new IllegalArgumentException(file + " is missing");
            }
            if (Files.size(file) != part.bytes()) {
                throw new IllegalArgumentException(
                        file + " is damaged: it has " + Files.size(file) + " bytes, must have " + part.bytes());
            }
            if (!Durable.sha256(file).equals(part.sha256())) {
                throw new IllegalArgumentException(
                        file + " is damaged: its SHA-256 is not the one in " + Manifest.FINISHED);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public CollectionSchema schema() {
        return manifest.schema();
    }

    @Override
    public List<String> partitions() {
        return manifest.partitions();
    }

    @Override
    public long count() {
        return manifest.rows();
    }

    @Override
    public Rows behind(Mark mark) {
        return new Lines(mark.rows());
    }

    private final class Lines implements Rows {
        private int part;
        private long line;
        private @Nullable BufferedReader lines;

        Lines(long skipped) {
            long left = skipped;
            while (part < manifest.parts().size()
                    && left >= manifest.parts().get(part).rows()) {
                left -= manifest.parts().get(part).rows();
                part++;
            }
            for (; left > 0; left--) {
                next(reader());
            }
        }

        private Path file() {
            return directory.resolve(manifest.parts().get(part).file());
        }

        private BufferedReader reader() {
            if (lines == null) {
                try {
                    lines = new BufferedReader(
                            new InputStreamReader(
                                    new GZIPInputStream(Files.newInputStream(file()), BUFFER), StandardCharsets.UTF_8),
                            BUFFER);
                    line = 0;
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot read " + file() + ": " + e.getMessage(), e);
                }
            }
            return lines;
        }

        private String next(BufferedReader from) {
            try {
                String next = from.readLine();
                if (next == null) {
                    throw new IllegalArgumentException(file() + " ends after " + line + " rows: must have "
                            + manifest.parts().get(part).rows());
                }
                line++;
                return next;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file() + ": " + e.getMessage(), e);
            }
        }

        @Override
        public boolean hasNext() {
            return part < manifest.parts().size();
        }

        @Override
        public RowBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more rows of " + directory);
            }
            Part current = manifest.parts().get(part);
            BufferedReader from = reader();
            List<Entity> rows = new ArrayList<>();
            while (rows.size() < batch && line < current.rows()) {
                rows.add(row(next(from)));
            }
            if (line == current.rows()) {
                close();
                part++;
            }
            return new RowBatch(current.partition(), rows);
        }

        private Entity row(String text) {
            try {
                return json.row(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file() + " line " + line + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            try {
                if (lines != null) {
                    lines.close();
                    lines = null;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close " + file() + ": " + e.getMessage(), e);
            }
        }
    }
}
