package dev.milvuso.trainer.loss;

/** {@code (s - label)² / 2}, for ratings. */
public record SquaredLoss() implements Loss {
    @Override
    public double slopes(Group group) {
        double loss = 0;
        for (int i = 0; i < group.size(); i++) {
            float error = group.scores()[i] - (i == 0 ? group.label() : 0);
            group.slopes()[i] = error;
            loss += 0.5 * error * error;
        }
        return loss;
    }
}
