package dev.milvuso.benchmarks.train;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * A tenth of MovieLens-1M, made up: users choose items that are popular and near to their taste, which has a few
 * dimensions. The same bytes each time, in the leave-one-out form of the NCF papers.
 */
final class GeneratedData {
    private static final int USERS = 1_900;
    private static final int ITEMS = 1_170;
    private static final int TASTES = 12;
    private static final int LEAST_CHOSEN = 20;
    private static final int MEAN_FURTHER = 34;
    private static final int NEGATIVES = 99;

    /** How much taste counts, against popularity and chance. */
    private static final double TASTE = 1.1;

    private final SplittableRandom random = new SplittableRandom(20);
    private final double[][] users = gaussians(USERS);
    private final double[][] items = gaussians(ITEMS);

    /** Writes {@code train.rating.gz}, {@code test.rating.gz} and {@code test.negative.gz}. */
    static void write(Path directory) throws IOException {
        new GeneratedData().writeAll(directory);
    }

    private double[][] gaussians(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> random.doubles(TASTES)
                        .map(unused -> random.nextGaussian())
                        .toArray())
                .toArray(double[][]::new);
    }

    private void writeAll(Path directory) throws IOException {
        try (Writer train = gzipped(directory.resolve("train.rating.gz"));
                Writer test = gzipped(directory.resolve("test.rating.gz"));
                Writer negatives = gzipped(directory.resolve("test.negative.gz"))) {
            for (int user = 0; user < USERS; user++) {
                List<Integer> ranked = ranked(user);
                int chosen = LEAST_CHOSEN + (int) (-MEAN_FURTHER * Math.log(1 - random.nextDouble()));
                chosen = Math.min(chosen, ITEMS - NEGATIVES - 1);
                int heldOut = random.nextInt(chosen);
                for (int i = 0; i < chosen; i++) {
                    (i == heldOut ? test : train).write(user + "\t" + ranked.get(i) + "\t5\t" + (1_000_000 + i) + "\n");
                }
                negatives.write("(" + user + "," + ranked.get(heldOut) + ")\t"
                        + random.ints(chosen, ITEMS)
                                .distinct()
                                .limit(NEGATIVES)
                                .mapToObj(i -> String.valueOf(ranked.get(i)))
                                .collect(Collectors.joining("\t"))
                        + "\n");
            }
        }
    }

    /** All items, what the user chooses first in front: by likeness with Gumbel noise, as a choice by softmax. */
    private List<Integer> ranked(int user) {
        double[] keys = IntStream.range(0, ITEMS)
                .mapToDouble(item -> likeness(user, item) - Math.log(-Math.log(random.nextDouble())))
                .toArray();
        return IntStream.range(0, ITEMS)
                .boxed()
                .sorted((a, b) -> Double.compare(keys[b], keys[a]))
                .toList();
    }

    private double likeness(int user, int item) {
        double product = 0;
        for (int i = 0; i < TASTES; i++) {
            product += users[user][i] * items[item][i];
        }
        return TASTE * product / Math.sqrt(TASTES) * 1.5 - 0.7 * Math.log(1 + item / 20.0);
    }

    private static Writer gzipped(Path file) throws IOException {
        return new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.US_ASCII);
    }
}
