package dev.milvuso.config;

/** {@code [als]}, see config/default.toml. */
public record AlsConfig(
        int iterations,
        double alpha,
        double unobservedWeight,
        double regularization,
        double regularizationExponent,
        String solver,
        int conjugateGradientSteps,
        int blockSize,
        boolean bias,
        int threads,
        long seed) {
    public AlsConfig {
        Check.range("als.iterations", iterations, 1, 10000);
        Check.above("als.alpha", alpha, 0, 1);
        Check.range("als.unobserved_weight", unobservedWeight, 0.0, 10000.0);
        Check.above("als.regularization", regularization, 0, 1000000);
        Check.range("als.regularization_exponent", regularizationExponent, 0.0, 2.0);
        Check.oneOf("als.solver", solver, "conjugate_gradient", "cholesky", "block");
        Check.range("als.conjugate_gradient_steps", conjugateGradientSteps, 1, 1000);
        Check.range("als.block_size", blockSize, 8, 4096);
        if (blockSize % 8 != 0) {
            throw new ConfigException("als.block_size is " + blockSize + ": must be a multiple of 8");
        }
        Check.range("als.threads", threads, 0, 1024);
    }
}
