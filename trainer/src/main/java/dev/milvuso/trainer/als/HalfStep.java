package dev.milvuso.trainer.als;

/** Solves all rows of one side while the other stands. The result does not depend on the number of threads. */
final class HalfStep {
    /** Rows that a thread takes at once. */
    private static final int CHUNK = 16;

    private final Workers workers;
    private final Gramian gramian;
    private final RowSolver[] solvers;
    private final float[][] scratch;
    private final double alpha;

    /** @param solvers one for each worker */
    HalfStep(Workers workers, Gramian gramian, RowSolver[] solvers, int stride, double alpha) {
        this.workers = workers;
        this.gramian = gramian;
        this.solvers = solvers;
        this.scratch = new float[solvers.length][stride];
        this.alpha = alpha;
    }

    /** Moves the rows of a side and returns the loss of the whole model after it. */
    double solve(Side side, Side other) {
        gramian.compute(other.factors(), alpha);
        int rows = side.factors().rows();
        double[] losses = new double[(rows + CHUNK - 1) / CHUNK];
        workers.run(losses.length, (chunk, worker) -> {
            RowSet observed =
                    new RowSet(other.factors().values(), other.factors().stride());
            for (int row = chunk * CHUNK; row < Math.min(rows, (chunk + 1) * CHUNK); row++) {
                losses[chunk] += solve(side, row, observed, worker);
            }
        });
        double loss = other.penalty();
        for (double part : losses) {
            loss += part;
        }
        return loss;
    }

    private double solve(Side side, int row, RowSet observed, int worker) {
        int[] offsets = side.observed().offsets();
        observed.select(side.observed().items(), offsets[row], offsets[row + 1]);
        Factors factors = side.factors();
        float[] x = scratch[worker];
        System.arraycopy(factors.values(), factors.start(row), x, 0, x.length);
        double loss = solvers[worker].solve(observed, x, side.ridges()[row], side.fixed());
        System.arraycopy(x, 0, factors.values(), factors.start(row), x.length);
        return loss;
    }
}
