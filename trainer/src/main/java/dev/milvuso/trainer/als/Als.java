package dev.milvuso.trainer.als;

import dev.milvuso.config.AlsConfig;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.optimizer.Optimizer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Implicit alternating least squares (Hu, Koren and Volinsky, Collaborative Filtering for Implicit Feedback Datasets,
 * ICDM 2008), in the form of Rendle et al., Revisiting the Performance of iALS on Item Recommendation Benchmarks, 2021:
 *
 * <pre>
 * L = Σ observed (1 − u·i)² + alpha Σ all pairs (u·i)² + Σ ridge(u) ‖u‖² + Σ ridge(i) ‖i‖²
 * ridge(row) = regularization (row's observed pairs + alpha · rows of the other side) ^ exponent
 * </pre>
 *
 * The last number of a vector is the item's bias, against a 1 that the users' rows keep.
 */
public final class Als {
    private Als() {}

    /** A model and its loss L, divided by the number of observed pairs. */
    public record Trained(FactorModel model, double loss) {}

    /** Told how a run comes along. */
    public interface Progress {
        /** Told once, when the observed pairs lie ready by user. */
        default void begun() {}

        /**
         * Told after all users were solved, then after all items, and so on.
         *
         * @param halves how many of these there have been, odd after users
         */
        void solved(int halves, double loss);

        /**
         * Offered the model after every iteration.
         *
         * @param model costs a copy of all rows and changes with the next iteration
         */
        default void model(int iteration, Supplier<FactorModel> model) {}
    }

    /**
     * Learns from observed pairs; of repeats the first alone counts. The same for any number of threads.
     *
     * @param dimension numbers of a vector, the bias included; at least 2
     * @throws IllegalStateException if interrupted, or if the loss is no longer finite
     */
    public static Trained train(PositivePairs data, AlsConfig config, int dimension, Progress progress) {
        FactorModel model = FactorModel.empty(dimension, Optimizer.named("sgd"), config.seed());
        data.userIds().forEach(model.users()::findOrAdd);
        data.itemIds().forEach(model.items()::findOrAdd);
        Histories byUser = data.histories();
        progress.begun();
        Histories byItem = Side.transposed(byUser, model.items().size());
        double alpha = alpha(config, byUser.items().length, byUser.users(), byItem.users());
        Side items = side(
                Factors.of(model.items()), byItem, byUser.users(), config, alpha, config.bias() ? -1 : dimension - 1);
        Side users = side(firstUsers(model), byUser, byItem.users(), config, alpha, dimension - 1);
        Supplier<FactorModel> current = () -> {
            users.factors().copyTo(model.users());
            items.factors().copyTo(model.items());
            return model;
        };
        double loss = alternate(users, items, config, alpha, progress, current) / byUser.items().length;
        return new Trained(current.get(), loss);
    }

    /** The weight of a pair that was not observed, against 1 for an observed one; never more than that. */
    static double alpha(AlsConfig config, int observed, int users, int items) {
        double share = observed / Math.max(1, (double) users * items);
        return config.unobservedWeight() == 0 ? config.alpha() : Math.min(1, config.unobservedWeight() * share);
    }

    private static Side side(
            Factors factors, Histories observed, int others, AlsConfig config, double alpha, int fixed) {
        float[] ridges = Side.ridges(observed, others, alpha, config.regularization(), config.regularizationExponent());
        return new Side(factors, observed, ridges, fixed);
    }

    /** Users begin at nothing: they are solved first, from the items' random rows. */
    private static Factors firstUsers(FactorModel model) {
        Factors users = Factors.zeros(model.users().size(), model.users().dimension());
        for (int row = 0; row < users.rows(); row++) {
            users.values()[users.start(row) + model.users().dimension() - 1] = 1;
        }
        return users;
    }

    private static double alternate(
            Side users, Side items, AlsConfig config, double alpha, Progress progress, Supplier<FactorModel> current) {
        int stride = users.factors().stride();
        int most = Math.max(users.most(), items.most());
        Kernels kernels = Kernels.BEST;
        double pairs = users.observed().items().length;
        double loss = 0;
        try (Workers workers = new Workers(config.threads())) {
            int rows = Math.max(users.factors().rows(), items.factors().rows());
            Gramian gramian = new Gramian(workers, kernels, stride, rows);
            IntFunction<HalfStep> halfSteps = steps -> new HalfStep(
                    workers,
                    gramian,
                    solvers(workers.count(), () -> solver(config, steps, kernels, gramian, stride, most)),
                    stride,
                    alpha);
            HalfStep first = halfSteps.apply(1);
            HalfStep later = halfSteps.apply(config.conjugateGradientSteps());
            for (int half = 1; half <= 2 * config.iterations(); half++) {
                // What users think of random items one step tells as well as many.
                HalfStep halfStep = half == 1 ? first : later;
                loss = half % 2 == 1 ? halfStep.solve(users, items) : halfStep.solve(items, users);
                if (!Double.isFinite(loss)) {
                    throw new IllegalStateException("training diverged in iteration " + (half + 1) / 2
                            + ": als.regularization is " + config.regularization() + ", a larger one is needed");
                }
                progress.solved(half, loss / pairs);
                if (half % 2 == 0) {
                    progress.model(half / 2, current);
                }
            }
        }
        return loss;
    }

    private static RowSolver[] solvers(int workers, Supplier<RowSolver> solver) {
        return Stream.generate(solver).limit(workers).toArray(RowSolver[]::new);
    }

    /** @param steps of conjugate gradient, where that is what solves */
    private static RowSolver solver(
            AlsConfig config, int steps, Kernels kernels, Gramian gramian, int stride, int most) {
        return switch (config.solver()) {
            case "conjugate_gradient" -> new ConjugateGradient(kernels, gramian, stride, steps);
            case "cholesky" -> new BlockSolver(kernels, gramian, stride, stride, most);
            case "block" -> new BlockSolver(kernels, gramian, stride, config.blockSize(), most);
            default ->
                throw new IllegalArgumentException("als.solver is \"" + config.solver()
                        + "\", must be one of \"conjugate_gradient\", \"cholesky\", \"block\"");
        };
    }
}
