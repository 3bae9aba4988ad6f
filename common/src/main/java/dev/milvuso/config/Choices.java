package dev.milvuso.config;

/** Names that more than one section may choose from. */
final class Choices {
    static final String[] OPTIMIZERS = {
        "sgd",
        "adagrad",
        "rowwise_adagrad",
        "adam",
        "momentum",
        "nesterov",
        "adamw",
        "amsgrad",
        "nadam",
        "rmsprop",
        "ftrl"
    };

    static final String[] INITIALIZERS = {
        "xavier_uniform",
        "xavier_normal",
        "he_uniform",
        "he_normal",
        "lecun",
        "orthogonal",
        "sparse",
        "uniform",
        "normal",
        "constant"
    };

    private Choices() {}
}
