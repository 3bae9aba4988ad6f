package dev.milvuso.trainer.online;

import dev.milvuso.trainer.model.Scoring;
import dev.milvuso.trainer.model.SharedNumbers;
import dev.milvuso.vector.Metric;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;

/** What a snapshot says of how its rows are compared, and of the numbers that all of them share. */
record ScoringHeader(Scoring scoring, SharedNumbers shared) {
    /** Nothing for inner products alone. */
    void write(DataOutput out) throws IOException {
        if (shared.isLearnt()) {
            out.writeUTF(scoring.metric().label());
            out.writeBoolean(scoring.userBiases());
            SharedNumbers.State state = shared.state();
            out.writeDouble(state.bias());
            out.writeDouble(state.scale());
            out.writeDouble(state.biasSquares());
            out.writeDouble(state.scaleSquares());
        }
    }

    /**
     * Reads to the end.
     *
     * @throws IllegalArgumentException if its rows are not compared as here
     */
    void read(DataInputStream in) throws IOException {
        String metric = Metric.INNER_PRODUCT.label();
        boolean userBiases = false;
        if (in.available() > 0) {
            metric = in.readUTF();
            userBiases = in.readBoolean();
            shared.restore(new SharedNumbers.State(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
        }
        if (!metric.equals(scoring.metric().label()) || userBiases != scoring.userBiases()) {
            throw new IllegalArgumentException("it is of training.metric " + metric + " and "
                    + (userBiases ? "" : "not ") + "of training.biases all, the configuration is not");
        }
    }
}
