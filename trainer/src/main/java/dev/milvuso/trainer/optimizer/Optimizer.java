package dev.milvuso.trainer.optimizer;

import dev.milvuso.trainer.math.Pull;

/** One step of a row against its gradient. Values without state of their own: what a row needs lies beside it. */
public interface Optimizer {
    /** Numbers of state that a row of so many numbers needs; they begin at 0. */
    int stateWidth(int dimension);

    /**
     * Moves {@code length} numbers of {@code rows} from {@code offset} on.
     *
     * @param gradient shape [length or more]
     * @param rate step size, above 0
     */
    void step(float[] rows, int offset, float[] gradient, int length, float[] state, int stateOffset, float rate);

    /**
     * One step of a row against a {@link Pull}, which it pulls back; in one pass where an optimizer knows how.
     *
     * @param rate step size, above 0
     */
    default void step(float[] rows, int offset, Pull pull, int length, float[] state, int stateOffset, float rate) {
        step(rows, offset, pull.gradient(rows, offset, length), length, state, stateOffset, rate);
    }

    /**
     * @param name {@code sgd}, {@code momentum}, {@code nesterov}, {@code adagrad}, {@code rowwise_adagrad},
     *     {@code adam}, {@code adamw}, {@code amsgrad}, {@code nadam}, {@code rmsprop} or {@code ftrl}
     */
    static Optimizer named(String name) {
        LazyAdam adam = new LazyAdam(0.9f, 0.999f, 1e-8f);
        return switch (name) {
            case "sgd" -> new Sgd();
            case "momentum" -> new Momentum(0.9f, false);
            case "nesterov" -> new Momentum(0.9f, true);
            case "adagrad" -> new AdaGrad(1e-8f);
            case "rowwise_adagrad" -> new RowWiseAdaGrad(1e-8f);
            case "adam" -> adam;
            case "adamw" -> new AdamW(adam, 0.01f);
            case "amsgrad" -> new AmsGrad(0.9f, 0.999f, 1e-8f);
            case "nadam" -> new Nadam(0.9f, 0.999f, 1e-8f);
            case "rmsprop" -> new RmsProp(0.99f, 1e-8f);
            case "ftrl" -> new FtrlProximal(1, 0, 0);
            default ->
                throw new IllegalArgumentException(
                        "optimizer is '" + name
                                + "': must be sgd, momentum, nesterov, adagrad, rowwise_adagrad, adam, adamw, amsgrad, nadam, rmsprop or ftrl");
        };
    }
}
