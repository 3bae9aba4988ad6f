package dev.milvuso.benchmarks.ann;

import dev.milvuso.benchmarks.process.Child;
import dev.milvuso.benchmarks.process.CpuTime;
import dev.milvuso.benchmarks.process.Options;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How long an embedded store takes to be there again after {@code kill -9} of a process that was writing it, until it
 * answers and until its lists are made, and whether every acknowledged row is there.
 */
public final class Recovery {
    private static final String COLLECTION = "recovery";
    private static final int AT_ONCE = 1000;
    private static final long CHILD_MEBIBYTES = 3072;

    private Recovery() {}

    /** @param arguments {@code --rows} (1000000), {@code --dimension} (64) and {@code --directory} (a new one) */
    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments, "rows", "dimension", "directory", "write");
        int dimension = options.number("dimension", 64);
        Path directory = options.text("directory", "").isEmpty()
                ? Files.createTempDirectory("recovery")
                : Path.of(options.required("directory"));
        if (Boolean.parseBoolean(options.text("write", "false"))) {
            write(directory, dimension);
        } else {
            int acknowledged = killedAfter(options.number("rows", 1_000_000), dimension, directory);
            open(directory, acknowledged, dimension);
        }
    }

    /** Writes for ever, and prints how many rows are written. */
    private static void write(Path directory, int dimension) {
        EmbeddedVectorStore store = EmbeddedVectorStore.in(directory);
        store.create(new CollectionSchema(COLLECTION, dimension, Metric.INNER_PRODUCT, List.of()));
        for (int from = 0; true; from += AT_ONCE) {
            store.upsert(
                    COLLECTION,
                    IntStream.range(from, from + AT_ONCE)
                            .mapToObj(row -> new Entity("id" + row, vector(row, dimension), Map.of()))
                            .toList());
            System.out.println(from + AT_ONCE);
        }
    }

    /** Near one of a thousand centres. */
    private static float[] vector(int row, int dimension) {
        SplittableRandom centre = new SplittableRandom(row % 1000);
        SplittableRandom own = new SplittableRandom(-1L - row);
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (centre.nextDouble(-1, 1) + 0.3 * own.nextDouble(-1, 1));
        }
        return vector;
    }

    private static int killedAfter(int rows, int dimension, Path directory) throws IOException, InterruptedException {
        List<String> given = List.of(
                "--write", "true", "--dimension", String.valueOf(dimension), "--directory", directory.toString());
        Process process = new ProcessBuilder(Child.java(Recovery.class, CHILD_MEBIBYTES, given))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int acknowledged = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged = line.matches("[0-9]+") ? Math.max(acknowledged, Integer.parseInt(line)) : acknowledged;
                if (acknowledged >= rows) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        return acknowledged;
    }

    private static void open(Path directory, int acknowledged, int dimension) {
        long began = System.nanoTime();
        long cpu = CpuTime.nanos();
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(directory)) {
            store.search(COLLECTION, SearchRequest.nearest(vector(0, dimension), 1));
            System.out.printf(
                    Locale.ROOT,
                    "%d rows acknowledged; answers after %.2f s, %.2f CPU-s%n",
                    acknowledged,
                    since(began),
                    (CpuTime.nanos() - cpu) / 1e9);
            store.indexes(COLLECTION).await(CollectionSchema.VECTOR, Duration.ofMinutes(10));
            System.out.printf(
                    Locale.ROOT, "lists after %.2f s, %.2f CPU-s%n", since(began), (CpuTime.nanos() - cpu) / 1e9);
            int missing = missing(store, acknowledged, dimension);
            System.out.printf(Locale.ROOT, "%d acknowledged rows are missing or otherwise%n", missing);
        }
    }

    private static int missing(EmbeddedVectorStore store, int acknowledged, int dimension) {
        int whole = 0;
        for (int from = 0; from < acknowledged; from += AT_ONCE) {
            List<Id> keys = IntStream.range(from, from + AT_ONCE)
                    .mapToObj(row -> Id.of("id" + row))
                    .toList();
            for (Entity entity : store.get(COLLECTION, keys, Output.ALL)) {
                int row = Integer.parseInt(entity.id().substring(2));
                whole += Arrays.equals(entity.vector(), vector(row, dimension)) ? 1 : 0;
            }
        }
        return acknowledged - whole;
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
