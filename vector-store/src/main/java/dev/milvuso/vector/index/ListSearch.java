package dev.milvuso.vector.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One search over inverted lists: lists are read in the order of the best score that is to be expected in them, until
 * none is left that is expected to reach the k-th best so far. So an easy query reads few lists, and a filter, whose
 * k-th best lies further off, as many more as it takes.
 *
 * <p>What is to be expected: the scores of a list's rows lie around that of its centre, with a standard deviation of
 * |q| times the list's spread by inner product and 2 |q - c| times the spread by squared distance; the best is taken to
 * lie {@code reach} of them above. Scores are those of codes; the shortlist's rows are then scored exactly.
 */
final class ListSearch {
    private static final IndexMath MATH = IndexMath.BEST;
    private static final int FIRST_LISTS = 12;
    static final int AT_ONCE = 16;

    /** Of so many excluded rows one candidate more: scores lie the closer there, and codes confuse them. */
    private static final int CONFUSED = 3;

    /** What an excluded row counts as beside one that a filter leaves out; measured, with some recall to spare. */
    private static final double COUNTED = 0.5;

    /** Of fewer rows than this share few blocks hold more than one. */
    static final double SPARSE = 1.0 / 32;

    private static final float FARTHEST = 1e6f;

    private final InvertedLists lists;
    private final Rows rows;
    private final Scratch scratch;
    private final long[] sparse;
    /** Candidates, were nothing excluded. */
    private int wanted;
    /** Rows that would have been candidates. */
    private int excluded;

    /** @param sparse {@link Selection#bits} where less than {@link #SPARSE} of the rows are looked for, else none */
    ListSearch(InvertedLists lists, Rows rows, Scratch scratch, long[] sparse) {
        this.sparse = sparse;
        this.lists = lists;
        this.rows = rows;
        this.scratch = scratch;
    }

    /** How hard to look where a share of the rows may be found. */
    interface Efforts {
        Effort of(double share);
    }

    /**
     * Without e rows that would have been better, the k-th best is where that of a filter is which keeps k of k + e
     * rows. What is left lies closer to the k-th best than what such a filter keeps, and takes the effort of one that
     * keeps somewhat more.
     *
     * @param query as {@link Similarity#placed}
     * @param efforts by share of the rows near the query that are not {@link Selection#excludes excluded}
     */
    Found search(float[] query, int k, Selection selection, Efforts efforts) {
        lists.encoder().encode(query, scratch.query);
        Directory directory = lists.directory();
        Effort effort = efforts.of(1);
        int end = hopes(directory, query, Math.min(effort.reach(), FARTHEST));
        wanted = Math.max(k, effort.candidates());
        scratch.candidates.reset(wanted);
        TopScores best = new TopScores(k);
        Frontier frontier = scratch.frontier;
        int first = FIRST_LISTS;
        int allowedFor = k / 2;
        excluded = 0;
        scratch.read = 0;
        boolean more = true;
        while (more) {
            float bar = best.least();
            boolean few = bar == Float.NEGATIVE_INFINITY;
            int count = few ? frontier.best(scratch.hopes, end, first) : frontier.above(scratch.hopes, end, bar);
            more = few && count > 0;
            first = IndexMath.BLOCK;
            for (int from = 0; from < count; from += AT_ONCE) {
                boolean isNextWorthIt = read(directory, query, from, Math.min(AT_ONCE, count - from), selection, best);
                if (excluded > allowedFor + allowedFor / 2) {
                    allowedFor = excluded;
                    float reach = efforts.of(k / (k + COUNTED * excluded)).reach();
                    end = hopes(directory, query, Math.min(reach, FARTHEST));
                    scratch.clearHopesOfRead();
                    more = true;
                    break;
                }
                if (!isNextWorthIt) {
                    more = false;
                    break;
                }
            }
        }
        return exact(query, k);
    }

    /** @return whether the next list may be worth it */
    private boolean read(Directory directory, float[] query, int from, int count, Selection selection, TopScores best) {
        open(directory, from, count, query);
        for (int i = 0; i < count; i++) {
            int number = scratch.frontier.number(from + i);
            if (scratch.hopes[number] < best.least()) {
                return false;
            }
            scratch.read(number);
            if (sparse.length > 0) {
                readFew(i, query, selection, best);
            } else {
                read(i, selection, best);
            }
        }
        return true;
    }

    private int hopes(Directory directory, float[] query, float reach) {
        int end = directory.end();
        boolean distance = lists.similarity().isDistance();
        float factor = distance ? scratch.query.factor / 2 : scratch.query.factor;
        float base = MATH.dot(query, directory.mean, 0, query.length);
        int rounded = scratch.score(
                directory.centres, distance ? directory.halfSquares : directory.centres.biases, end, factor, base);
        if (scratch.hopes.length < rounded) {
            scratch.hopes = new float[rounded + rounded / 2];
        }
        int nearest = end == 0 || scratch.frontier.best(scratch.scores, end, 1) == 0 ? 0 : scratch.frontier.number(0);
        float square = MATH.dot(query, query, 0, query.length);
        float along = lists.spread().along(query);
        if (distance) {
            float turned = square > 0 ? reach * along / (float) Math.sqrt(square) : reach;
            hopesByDistance(scratch.scores, directory.spreads, square, turned, query.length, end);
        } else {
            hopesByProduct(scratch.scores, directory.spreads, along * reach, end);
        }
        // The nearest list always: a row far from all others, whose hope nobody has, is at least found by itself.
        scratch.hopes[nearest] = Float.MAX_VALUE;
        Arrays.fill(scratch.hopes, end, rounded, Float.NEGATIVE_INFINITY);
        return end;
    }

    private void hopesByProduct(float[] scores, float[] spreads, float reach, int end) {
        float[] hopes = scratch.hopes;
        for (int i = 0; i < end; i++) {
            hopes[i] = scores[i] + reach * spreads[i];
        }
    }

    private void hopesByDistance(float[] scores, float[] spreads, float square, float reach, int dimension, int end) {
        float[] hopes = scratch.hopes;
        for (int i = 0; i < end; i++) {
            // Of a list that is no more the score is minus infinity, and so must its hope be.
            float distance = Math.max(0, square - 2 * scores[i]);
            float within = spreads[i];
            float above = 2 * reach * within * (float) Math.sqrt(Math.min(Float.MAX_VALUE, distance));
            hopes[i] = above - dimension * within * within - distance;
        }
    }

    /** All at once, so that waiting for the memory of one list is waiting for that of all. */
    private void open(Directory directory, int from, int count, float[] query) {
        for (int i = 0; i < count; i++) {
            PostingList list = directory.list(scratch.frontier.number(from + i));
            scratch.sizes[i] = list == null ? 0 : list.size();
            if (list != null) {
                scratch.contents[i] = list.content();
                scratch.bases[i] = lists.similarity().base(query, list.centre);
            }
        }
    }

    private void read(int opened, Selection selection, TopScores best) {
        int size = scratch.sizes[opened];
        PostingList.Content content = scratch.contents[opened];
        if (size == 0 || content == null) {
            return;
        }
        CodeBlocks blocks = content.blocks();
        int[] slots = content.slots();
        int rounded = scratch.score(blocks, blocks.biases, size, scratch.query.factor, scratch.bases[opened]);
        int found = MATH.above(scratch.scores, 0, rounded, scratch.candidates.least(), scratch.places);
        for (int i = 0; i < found; i++) {
            int place = scratch.places[i];
            if (place < size && slots[place] >= 0) {
                offer(slots[place], scratch.scores[place], selection, best);
            }
        }
    }

    /**
     * By the rows themselves, of those that are looked for alone: codes are read 32 at a time, which is more bytes than
     * a row or two.
     */
    private void readFew(int opened, float[] query, Selection selection, TopScores best) {
        int count = few(scratch.contents[opened], scratch.sizes[opened]);
        float[][] found = scratch.rows(count);
        // All at once, so that waiting for the memory of one row is waiting for that of all.
        for (int i = 0; i < count; i++) {
            found[i] = rows.get(scratch.places[i]);
        }
        for (int i = 0; i < count; i++) {
            float[] row = found[i];
            float score =
                    row == null ? Float.NEGATIVE_INFINITY : lists.similarity().inLists(query, row);
            offer(scratch.places[i], score, selection, best);
        }
    }

    /** Slots of the bits, in {@link Scratch#places}; without a branch for each, since none could be foretold. */
    private int few(PostingList.@Nullable Content content, int size) {
        if (content == null) {
            return 0;
        }
        scratch.reserve(CodeBlocks.rounded(size));
        int[] slots = content.slots();
        int[] found = scratch.places;
        int count = 0;
        for (int i = 0; i < size; i++) {
            int slot = slots[i];
            int word = slot >>> 6;
            found[count] = slot;
            // A free place, whose slot is below 0, is beyond all words.
            count += word < sparse.length ? (int) (sparse[word] >>> slot & 1) : 0;
        }
        return count;
    }

    private void offer(int slot, float score, Selection selection, TopScores best) {
        if (score > scratch.candidates.least()) {
            if (selection.contains(slot)) {
                scratch.candidates.offer(slot, score);
                best.offer(slot, score);
            } else if (selection.excludes(slot)) {
                excluded++;
                scratch.candidates.widen(wanted + excluded / CONFUSED);
            }
        }
    }

    /** In the order of slots: a row that moved while it was looked for may be there twice. */
    private Found exact(float[] query, int k) {
        Shortlist candidates = scratch.candidates;
        int count = candidates.close();
        candidates.sortIds();
        float[][] found = scratch.rows(count);
        // All at once, so that waiting for the memory of one row is waiting for that of all.
        for (int i = 0; i < count; i++) {
            found[i] = rows.get(candidates.id(i));
        }
        for (int i = 0; i < count; i++) {
            float[] row = found[i];
            scratch.scores[i] = row == null ? 0 : lists.similarity().score(query, row);
        }
        TopScores best = new TopScores(k);
        for (int i = 0; i < count; i++) {
            if (found[i] != null && (i == 0 || candidates.id(i) != candidates.id(i - 1))) {
                best.offer(candidates.id(i), scratch.scores[i]);
            }
        }
        return best.drain();
    }
}
