package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.JsonBytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a collection's entities into a file, which stands under its name once it is whole. */
@Command(name = "export", description = "Writes the entities as lines of JSON, as `insert` and `upsert` read them.")
final class VectorsExportCommand extends CollectionCommands.OfOne {
    private static final int BATCH = 1000;

    @Parameters(index = "1", paramLabel = "FILE", description = "must not be there yet")
    private Path file = Path.of("");

    @Option(names = "--filter", paramLabel = "TEXT", description = "which; default: all")
    private @Nullable String filter;

    @Override
    void run(VectorStore store) throws IOException, InterruptedException {
        if (Files.exists(file)) {
            throw new ConfigException(file + " is there already: name another file");
        }
        EntityJson json = new EntityJson(schema(store, collection()));
        QueryRequest request =
                EntityCommands.filter(filter).map(QueryRequest::where).orElseGet(QueryRequest::everything);
        double total = Math.max(1, store.count(collection()));
        AtomicLong written = new AtomicLong();
        Path growing = file.resolveSibling(file.getFileName() + ".part");
        long started = System.nanoTime();
        var unused = ProgressLine.during(
                err(), () -> new ProgressLine.State(written.get() / total, written + " entities written"), () -> {
                    write(store.iterate(collection(), request, BATCH), json, growing, written);
                    return written.get();
                });
        Files.move(growing, file, StandardCopyOption.ATOMIC_MOVE);
        double seconds = (System.nanoTime() - started) / 1e9;
        print(
                json()
                        ? Result.json(Result.of("written", written.get(), "seconds", seconds))
                        : String.format(Locale.ROOT, "%,d entities written in %.1f s", written.get(), seconds));
    }

    private static void write(Iterator<List<Entity>> batches, EntityJson json, Path into, AtomicLong written) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(into))) {
            while (batches.hasNext()) {
                for (Entity entity : batches.next()) {
                    out.write(JsonBytes.of(to -> json.write(to, entity)));
                    out.write('\n');
                    written.incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(into + " cannot be written: " + e.getMessage(), e);
        }
    }
}
