package dev.milvuso.trainer.optimizer;

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

    /** @param name {@code sgd}, {@code adagrad}, {@code rowwise_adagrad} or {@code adam} */
    static Optimizer named(String name) {
        return switch (name) {
            case "sgd" -> new Sgd();
            case "adagrad" -> new AdaGrad(1e-8f);
            case "rowwise_adagrad" -> new RowWiseAdaGrad(1e-8f);
            case "adam" -> new LazyAdam(0.9f, 0.999f, 1e-8f);
            default ->
                throw new IllegalArgumentException(
                        "optimizer is '" + name + "': must be sgd, adagrad, rowwise_adagrad or adam");
        };
    }
}
