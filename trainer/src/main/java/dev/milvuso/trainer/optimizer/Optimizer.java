package dev.milvuso.trainer.optimizer;

import dev.milvuso.trainer.math.Pull;
import dev.milvuso.trainer.parameter.Rows;
import java.util.Arrays;

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
     * One step of several rows, one after the other, each against a pull with a slope and an L2 of its own. What they
     * pull back with, all of them, becomes the pull's, whatever it was.
     *
     * @param which the rows' numbers, shape [count or more], as slopes and l2
     */
    default void steps(
            Rows rows, int[] which, int count, Pull pull, float[] slopes, float[] l2, int length, float rate) {
        Arrays.fill(pull.back, 0);
        for (int k = 0; k < count; k++) {
            int row = which[k];
            float[] chunk = rows.chunk(row);
            step(chunk, rows.offset(row), pull.by(slopes[k], l2[k]), length, chunk, rows.stateOffset(row), rate);
        }
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
