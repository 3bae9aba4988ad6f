package dev.milvuso.trainer.optimizer;

/** The learning rate in the course of a run, as a factor on the one configured. */
public interface Schedule {
    /** What is left at the end of those that fall to nothing, so that the last steps are still steps. */
    double LEAST = 1e-3;

    /** @param done how much of the run lies behind, 0 to 1 */
    double factor(double done);

    /** Always the same. */
    record Constant() implements Schedule {
        @Override
        public double factor(double done) {
            return 1;
        }
    }

    /** From 1 in a line to 0. */
    record Linear() implements Schedule {
        @Override
        public double factor(double done) {
            return Math.max(1 - done, LEAST);
        }
    }

    /** Half a cosine from 1 to 0 (Loshchilov and Hutter, SGDR, ICLR 2017, without restarts). */
    record Cosine() implements Schedule {
        @Override
        public double factor(double done) {
            return Math.max((1 + StrictMath.cos(Math.PI * done)) / 2, LEAST);
        }
    }

    /**
     * By a factor in even steps.
     *
     * @param steps parts of the run, at least 1
     * @param factor from part to part, above 0
     */
    record Step(int steps, double factor) implements Schedule {
        @Override
        public double factor(double done) {
            return StrictMath.pow(factor, Math.min(steps - 1, Math.floor(done * steps)));
        }
    }

    /** @param end the factor reached at the end, above 0 */
    record Exponential(double end) implements Schedule {
        @Override
        public double factor(double done) {
            return StrictMath.pow(end, done);
        }
    }

    /**
     * Rises in a line to what another schedule says (Goyal et al., 2017).
     *
     * @param share of the run that it rises for, 0 to below 1
     */
    record WarmUp(double share, Schedule then) implements Schedule {
        @Override
        public double factor(double done) {
            return done < share
                    ? then.factor(0) * Math.max(done / share, LEAST)
                    : then.factor((done - share) / (1 - share));
        }
    }

    /** @param name {@code constant}, {@code linear}, {@code cosine}, {@code step} or {@code exponential} */
    static Schedule named(String name) {
        return switch (name) {
            case "constant" -> new Constant();
            case "linear" -> new Linear();
            case "cosine" -> new Cosine();
            case "step" -> new Step(4, 0.3);
            case "exponential" -> new Exponential(0.01);
            default ->
                throw new IllegalArgumentException(
                        "schedule is '" + name + "': must be constant, linear, cosine, step or exponential");
        };
    }
}
