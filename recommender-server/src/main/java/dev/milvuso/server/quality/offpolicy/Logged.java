package dev.milvuso.server.quality.offpolicy;

import java.util.Optional;

/**
 * One choice that was made and what came of it.
 *
 * @param reward what came of it, such as 1 for a click and 0 for none
 * @param propensity probability with which the logging policy made this choice then, above 0 and up to 1
 * @param target probability with which the target policy would have made it, 0 to 1. No log holds it: whoever asks what
 *     a policy is worth computes it with that policy, from what was known when the choice was made
 * @param predicted reward that a model expects of this choice; 0 without a model
 * @param predictedTarget reward that the model expects of the target policy then: Σ over all choices of (target ·
 *     predicted reward); 0 without a model
 * @param group of choices that are not independent, such as those of one user or one list; empty: independent of all
 *     others
 */
public record Logged(
        double reward,
        double propensity,
        double target,
        double predicted,
        double predictedTarget,
        Optional<String> group) {
    /** @throws IllegalArgumentException naming the field */
    public Logged {
        finite("reward", reward);
        finite("predicted", predicted);
        finite("predicted_target", predictedTarget);
        if (!(propensity > 0 && propensity <= 1)) {
            throw new IllegalArgumentException("propensity is " + propensity + ": must be above 0 and up to 1");
        }
        if (!(target >= 0 && target <= 1)) {
            throw new IllegalArgumentException("target is " + target + ": must be 0 to 1");
        }
    }

    private static void finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(field + " is " + value + ": must be a finite number");
        }
    }
}
