package dev.milvuso.trainer.batch;

import java.util.Optional;

/**
 * The cells of an epoch, in an order that lets threads work side by side without ever meeting in a row: distributed
 * stochastic gradient descent by strata (Gemulla et al., KDD 2011, section 4). A cell is a range of users and a block
 * of items. A stratum has a cell in every column, no two of them with a user or an item in common; the columns of a
 * round of strata have each a range of users, which meets every block once. A cell waits for those two of the stratum
 * before that had its users or its items, and for no other, so every row sees the same cells in the same order however
 * many threads there are. For any number of threads.
 */
final class Strata {
    private final int columns;
    private final int strata;
    private final int[] done;
    private int next;
    private boolean failed;

    /**
     * @param columns as many as there are blocks of items, at least 1
     * @param rounds how many ranges of users each column has, one after the other, at least 1
     */
    Strata(int columns, int rounds) {
        this.columns = columns;
        this.strata = columns * rounds;
        this.done = new int[columns];
    }

    /** A range of users and a block of items. */
    record Cell(int stratum, int column, int columns) {
        /** Of all columns and rounds, from 0 on. */
        int number() {
            return stratum * columns + column;
        }

        /** The range of users, of all columns and rounds. */
        int range() {
            return stratum / columns * columns + column;
        }

        /** The block of items. */
        int block() {
            return (column + stratum) % columns;
        }

        /** Whether the range of users has met no block before. */
        boolean beginsRange() {
            return stratum % columns == 0;
        }
    }

    int columns() {
        return columns;
    }

    /** How many cells there are. */
    int cells() {
        return strata * columns;
    }

    /** Whether no other cell has had this one's block. */
    boolean bringsBlock(Cell cell) {
        return cell.stratum() == 0;
    }

    /** Whether no other cell will have this one's block. */
    boolean takesBlockBack(Cell cell) {
        return cell.stratum() == strata - 1;
    }

    /** The next cell, once its users and items are free; none if all are taken, or another thread has failed. */
    synchronized Optional<Cell> take() throws InterruptedException {
        if (next == cells()) {
            return Optional.empty();
        }
        Cell cell = new Cell(next / columns, next % columns, columns);
        next++;
        while (!failed && !isFree(cell)) {
            wait();
        }
        return failed ? Optional.empty() : Optional.of(cell);
    }

    /** The block was last in the column to the right. */
    private boolean isFree(Cell cell) {
        return done[cell.column()] >= cell.stratum() && done[(cell.column() + 1) % columns] >= cell.stratum();
    }

    /** Gives a cell's users and items free. */
    synchronized void done(Cell cell) {
        done[cell.column()]++;
        notifyAll();
    }

    /** No cell is given away any more. */
    synchronized void fail() {
        failed = true;
        notifyAll();
    }
}
