package dev.milvuso.benchmarks.ann;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Rows of numbers around a hundred centres, as learned vectors lie.
 *
 * @param numbers shape [count, dimension]
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Vectors(float[] numbers, int count, int dimension) {
    private static final int CENTRES = 100;
    private static final double SPREAD = 0.7;

    /** Numbers that are written or read at once. */
    private static final int CHUNK = 1 << 24;

    /** Around the same centres whatever the seed. */
    static Vectors drawn(int count, int dimension, long seed) {
        SplittableRandom common = new SplittableRandom(0);
        float[] centres = new float[CENTRES * dimension];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = (float) common.nextGaussian();
        }
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[count * dimension];
        for (int row = 0; row < count; row++) {
            int centre = random.nextInt(CENTRES) * dimension;
            for (int i = 0; i < dimension; i++) {
                numbers[row * dimension + i] = (float) (centres[centre + i] + SPREAD * random.nextGaussian());
            }
        }
        return new Vectors(numbers, count, dimension);
    }

    /** A copy; shape [dimension]. */
    float[] row(int number) {
        return Arrays.copyOfRange(numbers, number * dimension, (number + 1) * dimension);
    }

    /** With each row, up to the query's length; shape [count]. */
    double[] cosines(float[] query) {
        double[] cosines = new double[count];
        for (int row = 0; row < count; row++) {
            double product = 0;
            double squares = 0;
            for (int i = 0; i < dimension; i++) {
                double number = numbers[row * dimension + i];
                product += number * query[i];
                squares += number * number;
            }
            cosines[row] = product / Math.sqrt(squares);
        }
        return cosines;
    }

    /** As little-endian floats, row by row. */
    Path write(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (int from = 0; from < numbers.length; from += CHUNK) {
                int some = Math.min(CHUNK, numbers.length - from);
                bytes.clear().limit(4 * some);
                bytes.asFloatBuffer().put(numbers, from, some);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
        return file;
    }

    interface Draw {
        Vectors all();
    }

    /** What the file holds, written before if it is not there. */
    static Vectors kept(Path file, int dimension, Draw draw) throws IOException {
        if (!Files.exists(file)) {
            draw.all().write(file);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            float[] numbers = new float[Math.toIntExact(channel.size() / 4)];
            // A map is of 2 GiB at most.
            for (int from = 0; from < numbers.length; from += CHUNK) {
                int some = Math.min(CHUNK, numbers.length - from);
                channel.map(FileChannel.MapMode.READ_ONLY, 4L * from, 4L * some)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(numbers, from, some);
            }
            return new Vectors(numbers, numbers.length / dimension, dimension);
        }
    }
}
