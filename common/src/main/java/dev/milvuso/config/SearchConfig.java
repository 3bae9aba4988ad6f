package dev.milvuso.config;

/** {@code [search]}, see config/default.toml. */
public record SearchConfig(
        int trials, int epochs, int embeddingDim, double mostNegatives, int judges, double leastGain) {
    public SearchConfig {
        Check.range("search.trials", trials, 0, 1000);
        Check.range("search.epochs", epochs, 1, 10000);
        Check.range("search.embedding_dim", embeddingDim, 2, 4096);
        Check.range("search.most_negatives", mostNegatives, 1.0, 1000.0);
        Check.range("search.judges", judges, 100, 100000000);
        Check.range("search.least_gain", leastGain, 0.0, 1.0);
    }
}
