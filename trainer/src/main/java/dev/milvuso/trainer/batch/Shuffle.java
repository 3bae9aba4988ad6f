package dev.milvuso.trainer.batch;

import java.util.SplittableRandom;

/** Fisher and Yates's shuffle, as Durstenfeld has it (Communications of the ACM 7, 1964, algorithm 235). */
final class Shuffle {
    private Shuffle() {}

    /** Shuffles the numbers from {@code from} to before {@code to}, without a division for each. */
    static void shuffle(int[] numbers, int from, int to, SplittableRandom random) {
        for (int last = to - 1; last > from; last--) {
            int other = from + (int) (((random.nextLong() >>> 32) * (last - from + 1)) >>> 32);
            int number = numbers[last];
            numbers[last] = numbers[other];
            numbers[other] = number;
        }
    }
}
