package dev.milvuso.trainer.batch;

import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.Learner;
import dev.milvuso.trainer.model.Penalty;
import dev.milvuso.trainer.model.SharedNumbers;
import dev.milvuso.trainer.sampling.Popularity;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the pairs, in {@link Strata}. The same seed and number give the same, however many threads there are.
 */
final class Epoch {
    /** Pairs of a cell: hundreds of microseconds. */
    private static final double CELL = 1024;

    /** Of fewer there are not as many blocks as there might be: users should come back to a block after others. */
    private static final int ROUNDS = 16;

    private static final int BLOCK_ITEMS = 512;
    private static final int MOST_BLOCKS = 64;

    private final TrainingPlan plan;
    private final HeldOut heldOut;
    private final ItemBlocks blocks;
    private final int number;
    private final long seed;
    private final Strata strata;
    private final int[] ranges;
    private final Penalty penalty;
    private final List<Column> columns;
    private final Popularity[] popularities;

    /** @param number from 0 on; every epoch has chance of its own, so that it is the same after a checkpoint */
    Epoch(TrainingPlan plan, HeldOut heldOut, ItemBlocks blocks, int number) {
        this.plan = plan;
        this.heldOut = heldOut;
        this.blocks = blocks;
        this.number = number;
        this.seed = new SplittableRandom(plan.config().seed() + number).nextLong();
        int columns = blocks.count();
        int rounds = (int) Math.max(1, Math.round(plan.data().size() / CELL / columns / columns));
        this.strata = new Strata(columns, rounds);
        this.ranges = IntStream.range(0, columns * rounds).toArray();
        this.columns = Stream.generate(() -> new Column(plan.shared().state()))
                .limit(columns)
                .toList();
        this.popularities = new Popularity[columns];
        SplittableRandom random = new SplittableRandom(seed);
        blocks.deal(random);
        this.penalty = plan.penalty().withItems(blocks::item, blocks.size());
        Shuffle.shuffle(ranges, 0, ranges.length, random);
    }

    /**
     * How many blocks of items suit these data, and so how many threads: the fewer they are, the more items a user's
     * choice is learnt against in an epoch. Blocks of fewer than some 500 items were measured to cost quality.
     */
    static int blocks(int pairs, int items) {
        int most = Math.min(MOST_BLOCKS, items / BLOCK_ITEMS);
        return Math.max(1, Math.min(most, (int) Math.sqrt(pairs / (ROUNDS * CELL))));
    }

    /** What goes from cell to cell of a column, and so from thread to thread. */
    static final class Column {
        private SharedNumbers.State shared;
        private @Nullable PairsByBlock pairs;
        private Sum sum = new Sum(0, 0);

        private Column(SharedNumbers.State shared) {
            this.shared = shared;
        }

        SharedNumbers.State shared() {
            return shared;
        }

        void add(double loss, long samples, SharedNumbers.State moved) {
            sum = sum.plus(new Sum(loss, samples));
            shared = moved;
        }
    }

    /** @param loss added up over samples */
    record Sum(double loss, long samples) {
        Sum plus(Sum other) {
            return new Sum(loss + other.loss, samples + other.samples);
        }
    }

    /** @throws IllegalStateException if it was interrupted or failed */
    Sum run(ExecutorService pool, int threads) {
        List<CellWorker> workers =
                Stream.generate(() -> new CellWorker(plan, this)).limit(threads).toList();
        try {
            for (Future<?> worker : pool.invokeAll(workers)) {
                worker.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("training failed: " + e.getCause(), e);
        }
        List<SharedNumbers.State> moved = new ArrayList<>();
        Sum sum = new Sum(0, 0);
        for (Column column : columns) {
            moved.add(column.shared);
            sum = sum.plus(column.sum);
        }
        plan.shared().gather(moved);
        return sum;
    }

    Strata strata() {
        return strata;
    }

    ItemBlocks blocks() {
        return blocks;
    }

    /** For one thread; it finds items by their places in the blocks. */
    Learner learner() {
        return plan.learner().withItems(blocks.rows(), penalty);
    }

    Column column(Strata.Cell cell) {
        return columns.get(cell.column());
    }

    /** How much of all training is done within a cell, 0 to 1. */
    double done(Strata.Cell cell, double within) {
        return (number + (cell.number() + within) / strata.cells())
                / plan.config().epochs();
    }

    /** A cell's own chance. */
    SplittableRandom random(Strata.Cell cell) {
        return new SplittableRandom(new SplittableRandom(seed ^ (cell.number() + 1L)).nextLong());
    }

    /** The pairs of the cell's users, those of its block shuffled. */
    PairsByBlock pairs(Strata.Cell cell, SplittableRandom random) {
        Column column = column(cell);
        PairsByBlock pairs = column.pairs;
        if (cell.beginsRange() || pairs == null) {
            PositivePairs data = plan.data();
            int range = ranges[cell.range()];
            double dropout = plan.config().dropout();
            pairs = new PairsByBlock(
                    data,
                    firstPair(range),
                    firstPair(range + 1),
                    blocks,
                    pair -> !heldOut.holds(pair) && (dropout == 0 || random.nextDouble() >= dropout));
            column.pairs = pairs;
        }
        pairs.shuffle(cell.block(), random);
        return pairs;
    }

    /** Ranges are about equally long, and a user's pairs are all in one of them. */
    private int firstPair(int range) {
        PositivePairs data = plan.data();
        int pair = (int) ((long) data.size() * range / ranges.length);
        while (pair > 0 && pair < data.size() && data.user(pair) == data.user(pair - 1)) {
            pair++;
        }
        return pair;
    }

    /** How popular the block's items are, by their number within the block. */
    Popularity popularity(int block) {
        Popularity popularity = popularities[block];
        if (popularity == null) {
            popularity = new Popularity(plan.config().popularityPower());
            popularity.grow(blocks.to(block) - blocks.from(block));
            for (int place = blocks.from(block); place < blocks.to(block); place++) {
                popularity.add(place - blocks.from(block), plan.choices(blocks.item(place)));
            }
            popularities[block] = popularity;
        }
        return popularity;
    }
}
