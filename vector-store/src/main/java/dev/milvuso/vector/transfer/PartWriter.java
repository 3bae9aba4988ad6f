package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.transfer.part.PartFormat;
import dev.milvuso.vector.transfer.part.PartOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** Writes one part of an export, beside its place until it is whole. Not for use by several threads. */
final class PartWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path place;
    private final String partition;
    private final MessageDigest digest = Durable.sha256();
    private final PartOutput out;
    private long rows;

    PartWriter(CollectionSchema schema, PartFormat format, Path place, String partition) throws IOException {
        this.place = place;
        this.partition = partition;
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(Durable.growing(place)), BUFFER);
        this.out = opened(schema, format, file);
    }

    private PartOutput opened(CollectionSchema schema, PartFormat format, OutputStream file) throws IOException {
        try {
            return format.write(schema, new DigestOutputStream(file, digest));
        } catch (IOException | RuntimeException | LinkageError e) {
            file.close();
            throw e;
        }
    }

    String partition() {
        return partition;
    }

    /** About, of its rows. */
    long bytes() {
        return out.bytes();
    }

    void write(Entity row) throws IOException {
        out.write(row);
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
