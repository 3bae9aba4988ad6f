package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes one part of an export, beside its place until it is whole. Not for use by several threads. */
final class PartWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    /** Floats' digits hardly get smaller by trying harder, which costs four times as much. */
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private final RowJson json;
    private final Path place;
    private final String partition;
    private final MessageDigest digest = Durable.sha256();
    private final OutputStream out;
    private long rows;
    private long bytes;

    PartWriter(CollectionSchema schema, Path place, String partition) throws IOException {
        this.json = new RowJson(schema);
        this.place = place;
        this.partition = partition;
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(Durable.growing(place)), BUFFER);
        this.out = new Quick(new DigestOutputStream(file, digest));
    }

    String partition() {
        return partition;
    }

    /** Before compression. */
    long bytes() {
        return bytes;
    }

    void write(Entity row) throws IOException {
        byte[] line = json.line(row);
        out.write(line);
        bytes += line.length;
        rows++;
    }

    Part finish(Entity last) throws IOException {
        out.close();
        Path growing = Durable.growing(place);
        long length = Files.size(growing);
        Durable.finish(growing, place);
        return new Part(
                place.getFileName().toString(),
                partition,
                rows,
                length,
                Durable.hex(digest),
                last.key().orElseThrow());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
