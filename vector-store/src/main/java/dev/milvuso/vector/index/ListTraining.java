package dev.milvuso.vector.index;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Makes inverted lists of many rows at once, in parallel; the same rows and seed give the same lists. */
record ListTraining(Similarity similarity, int dimension, long seed) {
    private static final int ITERATIONS = 5;
    private static final int SAMPLES_PER_LIST = 32;
    private static final int CHUNK = 256;

    /** About 3 √n: then ranking the centres costs about what reading some tens of lists does. */
    static int listsFor(int rows) {
        return (int) Math.max(1, Math.min((double) rows / IndexMath.BLOCK, 3 * Math.sqrt(rows)));
    }

    /** How many rows a list should have. */
    static int rowsPerList(int rows) {
        return Math.max(IndexMath.BLOCK, rows / listsFor(rows));
    }

    /** @param slots not empty in the rows, which do not change meanwhile; one at least */
    InvertedLists train(Rows rows, int[] slots) {
        float[][] placed = new float[slots.length][];
        IntStream.range(0, slots.length).parallel().forEach(i -> placed[i] = placed(rows, slots[i]));
        int count = listsFor(slots.length);
        KMeans means = new KMeans(dimension, ITERATIONS, seed);
        float[][] sample = means.sample(placed, Math.min(placed.length, count * SAMPLES_PER_LIST));
        float[][] centres = means.centres(sample, count);
        Nearest find = new Nearest(centres, dimension);
        int[] nearest = new int[placed.length];
        IntStream.range(0, (placed.length + CHUNK - 1) / CHUNK)
                .parallel()
                .forEach(chunk -> find.all(placed, chunk, nearest));
        int[][] members = members(nearest, count);
        return fill(rows, slots, placed, centres, members);
    }

    private float[] placed(Rows rows, int slot) {
        float[] row = rows.get(slot);
        if (row == null) {
            throw new IllegalStateException("slot " + slot + " was emptied while lists were made of it");
        }
        return similarity.placed(row);
    }

    /** By list, in ascending order. */
    private static int[][] members(int[] nearest, int count) {
        int[] sizes = new int[count];
        for (int list : nearest) {
            sizes[list]++;
        }
        int[][] members = new int[count][];
        for (int list = 0; list < count; list++) {
            members[list] = new int[sizes[list]];
        }
        for (int i = nearest.length - 1; i >= 0; i--) {
            members[nearest[i]][--sizes[nearest[i]]] = i;
        }
        return members;
    }

    private InvertedLists fill(Rows rows, int[] slots, float[][] placed, float[][] centres, int[][] members) {
        float[] mean = Nearest.mean(centres, dimension);
        Spread spread = spread(placed, centres, members);
        Encoder encoder = new Encoder(spread.byDimension(), similarity.isDistance());
        PostingList[] made = new PostingList[centres.length];
        IntStream.range(0, centres.length)
                .parallel()
                .forEach(i -> made[i] = list(slots, placed, members[i], centres[i], encoder));
        Directory directory = new Directory(mean, centres.length, encoder.groups());
        InvertedLists lists = new InvertedLists(similarity, rows, spread, directory);
        for (int i = 0; i < made.length; i++) {
            int number = lists.add(made[i]);
            for (int place = 0; place < members[i].length; place++) {
                lists.places().set(slots[members[i][place]], number, place);
            }
        }
        return lists;
    }

    private static PostingList list(int[] slots, float[][] placed, int[] members, float[] centre, Encoder encoder) {
        float[][] rows = Arrays.stream(members).mapToObj(i -> placed[i]).toArray(float[][]::new);
        float[] middle = rows.length == 0 ? centre : Nearest.mean(rows, centre.length);
        PostingList list = new PostingList(middle, rows.length, encoder);
        RowCode code = new RowCode(encoder.groups());
        for (int i = 0; i < rows.length; i++) {
            encoder.encode(rows[i], middle, code);
            list.add(slots[members[i]], code);
        }
        list.settled();
        return list;
    }

    private Spread spread(float[][] placed, float[][] centres, int[][] members) {
        int step = Math.max(1, placed.length / 20_000);
        Spread.Sum sum = new Spread.Sum(dimension);
        for (int list = 0; list < centres.length; list++) {
            for (int i = 0; i < members[list].length; i += step) {
                sum.add(placed[members[list][i]], centres[list]);
            }
        }
        return sum.mean();
    }
}
