package dev.milvuso.trainer.ranker;

import dev.milvuso.ranker.Machine;
import dev.milvuso.ranker.Matching;
import dev.milvuso.trainer.optimizer.Optimizer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Learns a {@link Machine} from lists of which one item was chosen: by the cross entropy of that item under the softmax
 * of all scores (ListNet's top one, Cao et al., ICML 2007), one step a list. It begins as retrieval orders. What
 * spreads widely is brought to the scale of what was seen so far. For one thread.
 */
final class RankerLearner {
    private static final int SIZE = Matching.SIZE;
    private static final int FACTORS = 4;
    private static final int LENGTH = Machine.length(SIZE, FACTORS);
    private static final double L2 = 1e-5;

    /** Scales follow what was seen of late, about so many lists. */
    private static final int SCALED_BY = 10_000;

    private final Optimizer optimizer;
    private final float rate;
    private final int kind;
    private final float[] parameters = new float[LENGTH];
    private final float[] state;
    private final float[] spread = new float[SIZE];
    private final double[] gradient = new double[LENGTH];
    private final float[] pull = new float[LENGTH - SIZE];
    private double[] scores = new double[64];
    private long lists;

    /**
     * @param optimizer as {@link Optimizer#named}
     * @param rate step size, above 0
     */
    RankerLearner(String optimizer, double rate, long seed) {
        this.optimizer = Optimizer.named(optimizer);
        this.rate = (float) rate;
        this.kind = Objects.hash(Matching.NAMES, optimizer);
        this.state = new float[this.optimizer.stateWidth(LENGTH - SIZE)];
        SplittableRandom random = new SplittableRandom(seed);
        Arrays.fill(parameters, 0, SIZE, 1);
        parameters[SIZE] = 1; // the first is what retrieval orders by
        for (int i = 2 * SIZE; i < LENGTH; i++) {
            parameters[i] = (float) (random.nextDouble() - 0.5) * 0.1f;
        }
    }

    /** Scales and scores an item's numbers, in place. */
    double score(float[] x) {
        Machine.scale(parameters, x, SIZE);
        return Machine.score(parameters, x, SIZE);
    }

    /** Takes note of numbers as they are, to bring them to one scale from now on. */
    void see(float[] x) {
        double share = 1.0 / Math.min(lists + 1, SCALED_BY);
        for (int i = 0; i < SIZE; i++) {
            spread[i] += (float) (share * (x[i] * (double) x[i] - spread[i]));
            parameters[i] = spread[i] > 0 ? (float) Math.min(1e6, 1 / Math.sqrt(spread[i])) : 1;
        }
    }

    /**
     * @param z scaled numbers of a list's items, of which the first was chosen
     * @param said what {@link #score} gave each
     */
    void learn(float[][] z, double[] said, int count) {
        lists++;
        softmax(said, count);
        Arrays.fill(gradient, 0);
        for (int item = 0; item < count; item++) {
            add(z[item], scores[item] - (item == 0 ? 1 : 0));
        }
        for (int i = SIZE; i < LENGTH; i++) {
            pull[i - SIZE] = (float) (gradient[i] + L2 * parameters[i]);
        }
        optimizer.step(parameters, SIZE, pull, LENGTH - SIZE, state, 0, rate);
    }

    private void softmax(double[] said, int count) {
        if (scores.length < count) {
            scores = new double[count];
        }
        double most = Arrays.stream(said, 0, count).max().orElse(0);
        double sum = 0;
        for (int item = 0; item < count; item++) {
            scores[item] = Math.exp(said[item] - most);
            sum += scores[item];
        }
        for (int item = 0; item < count; item++) {
            scores[item] /= sum;
        }
    }

    private void add(float[] z, double error) {
        for (int i = 0; i < SIZE; i++) {
            gradient[SIZE + i] += error * z[i];
        }
        for (int f = 0; f < FACTORS; f++) {
            double sum = 0;
            for (int i = 0; i < SIZE; i++) {
                sum += (double) parameters[2 * SIZE + i * FACTORS + f] * z[i];
            }
            for (int i = 0; i < SIZE; i++) {
                int at = 2 * SIZE + i * FACTORS + f;
                gradient[at] += error * z[i] * (sum - parameters[at] * z[i]);
            }
        }
    }

    /** A copy of what scores. */
    float[] parameters() {
        return parameters.clone();
    }

    /** Bytes of what is {@link #write written}. */
    int bytes() {
        return Integer.BYTES + Long.BYTES + (LENGTH + state.length + SIZE) * Float.BYTES;
    }

    void write(ByteBuffer out) {
        out.putInt(kind).putLong(lists);
        for (float[] each : new float[][] {parameters, state, spread}) {
            for (float number : each) {
                out.putFloat(number);
            }
        }
    }

    /** Whether a learner of the same features and optimizer has written what is left, which stays there. */
    boolean reads(ByteBuffer in) {
        return in.remaining() == bytes() && in.getInt(in.position()) == kind;
    }

    /** Takes what was {@link #write written} by one that {@link #reads} knows. */
    void read(ByteBuffer in) {
        in.getInt();
        lists = in.getLong();
        for (float[] each : new float[][] {parameters, state, spread}) {
            for (int i = 0; i < each.length; i++) {
                each[i] = in.getFloat();
            }
        }
    }
}
