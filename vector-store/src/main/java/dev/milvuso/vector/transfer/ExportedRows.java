package dev.milvuso.vector.transfer;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.transfer.part.PartInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of a finished export. */
public final class ExportedRows extends DescribedRows {
    private final Path directory;
    private final int batch;

    private ExportedRows(Path directory, Manifest manifest) {
        super(manifest);
        this.directory = directory;
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
    public long count() {
        return manifest().rows();
    }

    @Override
    public Rows behind(Mark mark) {
        return new Batches(mark.rows());
    }

    private final class Batches implements Rows {
        private int part;
        private long row;
        private @Nullable PartInput input;

        Batches(long skipped) {
            long left = skipped;
            while (part < manifest().parts().size()
                    && left >= manifest().parts().get(part).rows()) {
                left -= manifest().parts().get(part).rows();
                part++;
            }
            for (; left > 0; left--) {
                Entity unused = entity();
            }
        }

        private Path file() {
            return directory.resolve(manifest().parts().get(part).file());
        }

        private PartInput input() throws IOException {
            if (input == null) {
                input = manifest().partFormat().read(manifest().schema(), file());
                row = 0;
            }
            return input;
        }

        private Entity entity() {
            try {
                Entity next = input().next()
                        .orElseThrow(() -> new IllegalArgumentException("is missing: there must be "
                                + manifest().parts().get(part).rows()));
                row++;
                return next;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file() + ": " + e.getMessage(), e);
            } catch (LinkageError e) {
                throw new IllegalStateException(
                        "Parquet's libraries are not on the class path: see docs/decisions/collection-transfer.md", e);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file() + " row " + (row + 1) + ": " + e.getMessage(), e);
            }
        }

        @Override
        public boolean hasNext() {
            return part < manifest().parts().size();
        }

        @Override
        public RowBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more rows of " + directory);
            }
            Part current = manifest().parts().get(part);
            long end = Math.min(current.rows(), (input == null ? 0 : row) + batch);
            List<Entity> rows = new ArrayList<>();
            while (input == null || row < end) {
                rows.add(entity());
            }
            if (row == current.rows()) {
                close();
                part++;
            }
            return new RowBatch(current.partition(), rows);
        }

        @Override
        public void close() {
            try {
                if (input != null) {
                    input.close();
                    input = null;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close " + file() + ": " + e.getMessage(), e);
            }
        }
    }
}
