package dev.milvuso.standalone.lists;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.trainer.data.parquet.ParquetLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A Parquet file, which nobody can go on with: it has another name until it is whole. */
final class ParquetFile implements ListOutput {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Path part;
    private final ParquetLists out;
    private boolean isClosed;

    /** @throws IllegalArgumentException if it is there already */
    ParquetFile(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new IllegalArgumentException(
                    "is there already, and a Parquet file cannot be gone on with: name another");
        }
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        this.out = opened(part);
    }

    private static ParquetLists opened(Path part) throws IOException {
        try {
            return new ParquetLists(part);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "Hadoop's and Parquet's libraries are not on the class path: see docs/decisions/archive.md", e);
        }
    }

    @Override
    public long before() {
        return 0;
    }

    @Override
    public String last() {
        return "";
    }

    @Override
    public void add(List<UserLists.Line> lines) throws IOException {
        for (UserLists.Line line : lines) {
            ParquetLists.Row row = new ParquetLists.Row(line.user());
            JsonNode list = JSON.readTree(line.json());
            // A server says it of each item, a model of the whole list.
            String source = list.path("source").asText();
            for (JsonNode each : list.path("recommendations")) {
                row.add(
                        each.path("item_id").textValue(),
                        each.path("score").doubleValue(),
                        each.path("source").asText(source));
            }
            out.write(row);
        }
    }

    @Override
    public void finish() throws IOException {
        closeOnce();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        closeOnce();
        Files.deleteIfExists(part);
    }

    private void closeOnce() throws IOException {
        if (!isClosed) {
            isClosed = true;
            out.close();
        }
    }
}
