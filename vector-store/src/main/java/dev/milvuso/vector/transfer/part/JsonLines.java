package dev.milvuso.vector.transfer.part;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A row a line, in gzip.
 *
 * @param older makes a line of today's form out of one that is read
 */
public record JsonLines(UnaryOperator<byte[]> older) implements PartFormat {
    private static final int BUFFER = 1 << 16;

    public JsonLines() {
        this(UnaryOperator.identity());
    }

    /** Those of exports of version 1, which wrote sparse vectors otherwise. */
    public static JsonLines ofVersion1(CollectionSchema schema) {
        return new JsonLines(new SparseOfVersion1(schema));
    }

    @Override
    public String suffix() {
        return ".jsonl.gz";
    }

    /** Floats' digits hardly get smaller by trying harder, which costs four times as much. */
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    @Override
    public PartOutput write(CollectionSchema schema, OutputStream file) throws IOException {
        RowLine lines = new RowLine(schema);
        OutputStream out = new Quick(file);
        return new PartOutput() {
            private long bytes;

            @Override
            public void write(Entity row) throws IOException {
                byte[] line = lines.of(row);
                out.write(line);
                bytes += line.length;
            }

            @Override
            public long bytes() {
                return bytes;
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    @Override
    public PartInput read(CollectionSchema schema, Path file) throws IOException {
        RowLine lines = new RowLine(schema);
        BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file), BUFFER), StandardCharsets.UTF_8),
                BUFFER);
        return new PartInput() {
            @Override
            public Optional<Entity> next() throws IOException {
                String line = in.readLine();
                return line == null
                        ? Optional.empty()
                        : Optional.of(lines.read(older.apply(line.getBytes(StandardCharsets.UTF_8))));
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }
}
