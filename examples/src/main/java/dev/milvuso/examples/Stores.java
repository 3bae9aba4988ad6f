package dev.milvuso.examples;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import dev.milvuso.vector.rest.RestVectorStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which store a program works on: all of them are one to it. */
final class Stores {
    private Stores() {}

    /**
     * @param arguments nothing: in memory; {@code milvus http://127.0.0.1:19530}: a Milvus; {@code milvuso
     *     http://127.0.0.1:8080}: a running Milvuso; {@code folder data}: in this process, kept in the folder
     */
    static VectorStore open(String... arguments) {
        if (arguments.length == 0) {
            return EmbeddedVectorStore.inMemory();
        }
        if (arguments.length != 2) {
            throw new IllegalArgumentException("give nothing, or one of milvus, milvuso and folder, and its place");
        }
        String place = arguments[1];
        return switch (arguments[0]) {
            case "milvus" -> milvus(place);
            case "milvuso" -> new RestVectorStore(URI.create(place), Duration.ofSeconds(30));
            case "folder" -> EmbeddedVectorStore.in(Path.of(place));
            default -> throw new IllegalArgumentException(arguments[0] + ": must be milvus, milvuso or folder");
        };
    }

    private static VectorStore milvus(String uri) {
        // Strong: each program reads what it has just written.
        List<String> settings =
                List.of("milvus.backend=milvus", "milvus.uri=" + uri, "milvus.consistency_level=Strong");
        return new MilvusVectorStore(
                ConfigLoader.load(Optional.empty(), Map.of(), settings).milvus());
    }
}
