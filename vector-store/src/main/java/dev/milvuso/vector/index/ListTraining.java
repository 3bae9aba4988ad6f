package dev.milvuso.vector.index;

import java.util.stream.IntStream;

/** Makes inverted lists of many rows at once, in parallel; the same rows and seed give the same lists. */
record ListTraining(Similarity similarity, int dimension, long seed) {
    private static final int ITERATIONS = 4;
    private static final int SAMPLES_PER_LIST = 16;
    private static final int CHUNK = 256;

    /** About 3 √n: then ranking the centres costs about what reading some tens of lists does. */
    static int listsFor(int rows) {
        return (int) Math.max(1, Math.min((double) rows / IndexMath.BLOCK, 3 * Math.sqrt(rows)));
    }

    /** How many rows a list should have. */
    static int rowsPerList(int rows) {
        return Math.max(IndexMath.BLOCK, rows / listsFor(rows));
    }

    /**
     * @param rows where the slots' vectors are
     * @param vectors of the slots, as they were given; one at least
     */
    InvertedLists train(Rows rows, int[] slots, float[][] vectors) {
        Warming.once();
        float[][] placed = placed(vectors);
        int count = listsFor(slots.length);
        KMeans means = new KMeans(dimension, ITERATIONS, seed);
        float[][] sample = means.sample(placed, Math.min(placed.length, count * SAMPLES_PER_LIST));
        float[][] centres = means.centres(sample, count);
        int[][] members = members(nearest(placed, centres), count);
        Spread spread = spread(placed, centres, members);
        IntStream.range(0, count).parallel().forEach(i -> centres[i] = middle(placed, members[i], centres[i]));
        return fill(rows, slots, placed, new Outline(Nearest.mean(centres, dimension), centres, spread), members);
    }

    /** @param known by slot: the number of its centre, or -1 if it is to be looked for */
    InvertedLists fill(Rows rows, int[] slots, float[][] vectors, Outline outline, int[] known) {
        float[][] placed = placed(vectors);
        int[] unknown =
                IntStream.range(0, known.length).filter(i -> known[i] < 0).toArray();
        int[] nearest = known.clone();
        if (unknown.length > 0) {
            int[] found = nearest(rows(placed, unknown), outline.centres);
            for (int i = 0; i < unknown.length; i++) {
                nearest[unknown[i]] = found[i];
            }
        }
        return fill(rows, slots, placed, outline, members(nearest, outline.centres.length));
    }

    private float[][] placed(float[][] vectors) {
        float[][] placed = new float[vectors.length][];
        IntStream.range(0, placed.length).parallel().forEach(i -> placed[i] = similarity.placed(vectors[i]));
        return placed;
    }

    private int[] nearest(float[][] placed, float[][] centres) {
        Nearest find = new Nearest(centres, dimension);
        int[] nearest = new int[placed.length];
        IntStream.range(0, (placed.length + CHUNK - 1) / CHUNK)
                .parallel()
                .forEach(chunk -> find.all(placed, chunk, nearest));
        return nearest;
    }

    private static float[] middle(float[][] placed, int[] members, float[] centre) {
        float[][] rows = rows(placed, members);
        return rows.length == 0 ? centre : Nearest.mean(rows, centre.length);
    }

    private static float[][] rows(float[][] placed, int[] members) {
        float[][] rows = new float[members.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = placed[members[i]];
        }
        return rows;
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

    /** What lists are made by, but for the rows in them. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Outline(float[] mean, float[][] centres, Spread spread) {}

    private InvertedLists fill(Rows rows, int[] slots, float[][] placed, Outline outline, int[][] members) {
        float[][] centres = outline.centres;
        Encoder encoder = new Encoder(outline.spread.byDimension(), similarity.isDistance());
        PostingList[] made = new PostingList[centres.length];
        IntStream.range(0, centres.length)
                .parallel()
                .forEach(i -> made[i] = list(slots, placed, members[i], centres[i], encoder));
        Directory directory = new Directory(outline.mean, centres.length, encoder.groups());
        InvertedLists lists = new InvertedLists(similarity, rows, outline.spread, directory);
        for (int i = 0; i < made.length; i++) {
            int number = lists.add(made[i]);
            for (int place = 0; place < members[i].length; place++) {
                lists.places().set(slots[members[i][place]], number, place);
            }
        }
        return lists;
    }

    private static PostingList list(int[] slots, float[][] placed, int[] members, float[] centre, Encoder encoder) {
        PostingList list = new PostingList(centre, members.length, encoder);
        RowCode code = new RowCode(encoder.groups());
        for (int member : members) {
            encoder.encode(placed[member], centre, code);
            list.add(slots[member], code);
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
