package dev.milvuso.standalone.vectors;

import dev.milvuso.trainer.data.TextFile;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.JsonBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Entities as lines of JSON; {@code .gz} and {@code .zst} are decompressed, empty lines passed over. */
public final class EntityFile {
    private final Path file;
    private final EntityJson json;

    public EntityFile(Path file, EntityJson json) {
        this.file = file;
        this.json = json;
    }

    /**
     * Hands the entities over in their order.
     *
     * @param size entities at a time
     * @param read told how many bytes of the file have been read
     * @throws IllegalArgumentException naming file, line and place of what is wrong; the batches before were handed
     *     over
     */
    public void inBatches(int size, LongConsumer read, Consumer<List<Entity>> batches) {
        try (TextFile text = TextFile.open(file, StandardCharsets.UTF_8)) {
            List<Entity> batch = new ArrayList<>(size);
            int number = 1;
            for (String line = text.readLine(); line != null; line = text.readLine(), number++) {
                if (!line.isBlank()) {
                    batch.add(entity(line, number));
                }
                if (batch.size() == size) {
                    batches.accept(batch);
                    batch = new ArrayList<>(size);
                    read.accept(text.bytesRead());
                }
            }
            if (!batch.isEmpty()) {
                batches.accept(batch);
            }
            read.accept(text.bytesRead());
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private Entity entity(String line, int number) {
        try {
            return json.read(JsonBytes.read(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
        }
    }
}
