package dev.milvuso.standalone.command;

import dev.milvuso.standalone.vectors.EntityFile;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.json.EntityJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Files of entities on their way into a collection, with a line that says how far they are. For one run. */
final class BulkWrite {
    private final List<Path> files;
    private final int batch;
    private final EntityJson json;
    private final Consumer<List<Entity>> writer;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong finishedBytes = new AtomicLong();
    private final AtomicLong bytesOfFile = new AtomicLong();
    private final long started = System.nanoTime();

    /** @param writer of one batch; returns when it is stored */
    BulkWrite(List<Path> files, int batch, EntityJson json, Consumer<List<Entity>> writer) {
        this.files = List.copyOf(files);
        this.batch = batch;
        this.json = json;
        this.writer = writer;
    }

    /** @throws IllegalArgumentException naming file and line of what is wrong; what was written before is kept */
    void run(PrintWriter progress) throws IOException, InterruptedException {
        long bytes = 0;
        for (Path file : files) {
            Input.readable(file);
            bytes += Files.size(file);
        }
        double total = Math.max(1, bytes);
        try {
            var unused = ProgressLine.during(
                    progress,
                    () -> new ProgressLine.State((finishedBytes.get() + bytesOfFile.get()) / total, sentence()),
                    this::writeAll);
        } catch (RuntimeException e) {
            if (written.get() > 0) {
                progress.println("milvuso: until then " + sentence());
            }
            throw e;
        }
    }

    private long writeAll() {
        for (Path file : files) {
            new EntityFile(file, json).inBatches(batch, bytesOfFile::set, this::write);
            finishedBytes.addAndGet(bytesOfFile.getAndSet(0));
        }
        return written.get();
    }

    private void write(List<Entity> entities) {
        writer.accept(entities);
        written.addAndGet(entities.size());
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    Map<String, Object> result() {
        double seconds = seconds();
        return Result.of("written", written.get(), "seconds", seconds, "rows_per_second", written.get() / seconds);
    }

    String sentence() {
        double seconds = seconds();
        return String.format(
                Locale.ROOT,
                "%,d entities written in %.1f s (%,.0f/s)",
                written.get(),
                seconds,
                written.get() / seconds);
    }
}
