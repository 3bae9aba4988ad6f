package dev.milvuso.vector.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What of inverted lists is written down: centres, in which list each slot's row is, and what was measured. Codes are
 * not: they are made as soon as they are read.
 *
 * @param lists by slot: the number of a centre, -1 where there is no row
 * @param sums by slot: by which a row is known again
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record SavedLists(ListTraining.Outline outline, int[] lists, int[] sums, Calibrations calibrations) {
    /**
     * Under the lock.
     *
     * @return makes it without the lock
     */
    static StructuredIndex.Writing writing(InvertedLists from, Rows rows) {
        float[] @Nullable [] vectors = rows.all();
        SavedLists saved = of(from, vectors.length);
        return to -> {
            IntStream.range(0, vectors.length)
                    .parallel()
                    .forEach(slot -> saved.sums[slot] = Arrays.hashCode(vectors[slot]));
            saved.write(to);
        };
    }

    private static SavedLists of(InvertedLists from, int slots) {
        Directory directory = from.directory();
        float[][] centres = new float[directory.live()][];
        int[] numbers = new int[directory.end()];
        int count = 0;
        for (int number = 0; number < numbers.length; number++) {
            PostingList list = directory.list(number);
            if (list != null) {
                centres[count] = list.centre;
                numbers[number] = count++;
            }
        }
        int[] lists = new int[slots];
        for (int slot = 0; slot < slots; slot++) {
            lists[slot] = from.places().has(slot) ? numbers[from.places().list(slot)] : -1;
        }
        ListTraining.Outline outline = new ListTraining.Outline(directory.mean, centres, from.spread());
        return new SavedLists(outline, lists, new int[slots], from.calibrations());
    }

    private void write(StructureWriter to) throws IOException {
        to.floats(outline.mean());
        to.number(outline.centres().length);
        for (float[] centre : outline.centres()) {
            to.floats(centre);
        }
        for (float[] moments : outline.spread().moments()) {
            to.floats(moments);
        }
        to.ints(lists);
        to.ints(sums);
        for (Calibration each : calibrations.each()) {
            to.floats(each.recalls());
            to.number(each.scored());
        }
    }

    static SavedLists read(StructureReader from, int dimension) throws IOException {
        float[] mean = vector(from, dimension);
        int count = from.number();
        if (count < 1) {
            throw new IOException("the structure is damaged: it has " + count + " lists");
        }
        float[][] centres = vectors(from, count, dimension);
        Spread spread = new Spread(vectors(from, dimension, dimension));
        int[] lists = from.ints();
        int[] sums = from.ints();
        if (sums.length != lists.length || Arrays.stream(lists).anyMatch(list -> list < -1 || list >= count)) {
            throw new IOException("the structure is damaged: rows are in lists that are not there");
        }
        Calibrations calibrations = new Calibrations(calibration(from), calibration(from), calibration(from));
        return new SavedLists(new ListTraining.Outline(mean, centres, spread), lists, sums, calibrations);
    }

    private static Calibration calibration(StructureReader from) throws IOException {
        float[] recalls = from.floats();
        int scored = from.number();
        if (scored < 1) {
            throw new IOException("the structure is damaged: " + scored + " rows to score");
        }
        return new Calibration(recalls, scored);
    }

    private static float[][] vectors(StructureReader from, int count, int dimension) throws IOException {
        float[][] vectors = new float[Math.min(count, StructureWriter.AT_ONCE)][];
        for (int i = 0; i < count; i++) {
            vectors = i < vectors.length ? vectors : Arrays.copyOf(vectors, Math.min(count, 2 * i));
            vectors[i] = vector(from, dimension);
        }
        return vectors;
    }

    private static float[] vector(StructureReader from, int dimension) throws IOException {
        float[] vector = from.floats();
        if (vector.length != dimension) {
            throw new IOException("the structure is damaged: a centre of " + vector.length + " numbers");
        }
        return vector;
    }

    /** For the rows that are there now. */
    InvertedLists lists(ListTraining training, Rows rows, int[] slots, float[][] vectors) {
        int[] known = new int[slots.length];
        IntStream.range(0, slots.length).parallel().forEach(i -> {
            int slot = slots[i];
            boolean same = slot < lists.length && sums[slot] == Arrays.hashCode(vectors[i]);
            known[i] = same ? lists[slot] : -1;
        });
        InvertedLists made = training.fill(rows, slots, vectors, outline, known);
        made.calibrated(calibrations);
        return made;
    }
}
