package dev.milvuso.server.ranking.learned;

/** Parameters that are moved one by one, each at a rate of its own. For one writer at a time. */
public interface Weights {
    float get(int index);

    /** Moves one against the gradient of the loss by it. */
    void step(int index, double gradient);
}
