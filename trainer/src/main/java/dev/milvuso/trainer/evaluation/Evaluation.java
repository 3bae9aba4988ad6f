package dev.milvuso.trainer.evaluation;

import dev.milvuso.action.ActionTypes;
import dev.milvuso.trainer.batch.ModelDirectory;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.Interaction;
import dev.milvuso.trainer.data.InteractionReader;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.PositivePairs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How good a trained model is on what it was not trained on. Every method throws IllegalArgumentException, one line.
 */
public final class Evaluation {
    private Evaluation() {}

    /**
     * A held-out item among the negatives of a file.
     *
     * @param test the held-out pairs in format {@code ncf}, one for each user; the negatives must name the same
     * @param k length of the list, at least 1
     */
    public static EvaluationResult leaveOneOut(Path modelDirectory, Path test, Path negatives, int k) {
        checkLength(k);
        TrainedModel model = new ModelDirectory(modelDirectory).read();
        return new LeaveOneOut(model, Scorer.of(model.factors()), k).evaluate(negatives, heldOut(test));
    }

    /**
     * The test users' positive interactions among the whole catalogue.
     *
     * @param actions which action types are positive
     * @param k length of the list, at least 1
     */
    public static EvaluationResult fullRanking(
            Path modelDirectory, Path test, DataFormat format, OnError onError, ActionTypes actions, int k) {
        checkLength(k);
        TrainedModel model = new ModelDirectory(modelDirectory).read();
        PositivePairs pairs = PositivePairs.read(List.of(test), format, onError, actions);
        EvaluationResult result = new FullRanking(model, Scorer.of(model.factors()), k).evaluate(pairs);
        if (result.users() == 0) {
            throw new IllegalArgumentException(test
                    + " holds nothing but what the model was trained on: must hold what was kept from the training");
        }
        return result;
    }

    /**
     * How far a model of ratings (loss {@code squared}) is off the ratings of a file. What the model has not seen is
     * expected to be rated as all are on average.
     */
    public static RatingResult ratings(
            Path modelDirectory, Path test, DataFormat format, OnError onError, ActionTypes actions) {
        TrainedModel model = new ModelDirectory(modelDirectory).read();
        return RatingResult.of(model.factors(), PositivePairs.readRatings(List.of(test), format, onError, actions));
    }

    /**
     * The test users' items among all that the model was not trained on.
     *
     * @param k length of the list, at least 1
     * @throws IllegalArgumentException if no test user has an item that the model was not trained on
     */
    public static EvaluationResult fullRanking(TrainedModel model, PositivePairs test, int k) {
        checkLength(k);
        EvaluationResult result = new FullRanking(model, Scorer.of(model.factors()), k).evaluate(test);
        if (result.users() == 0) {
            throw new IllegalArgumentException(
                    "the test part holds nothing but what the model was trained on: must hold something else");
        }
        return result;
    }

    private static void checkLength(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + ": must be at least 1");
        }
    }

    private static Map<String, String> heldOut(Path test) {
        Map<String, String> heldOut = new HashMap<>();
        try (InteractionReader reader = InteractionReader.open(test, DataFormat.NCF, OnError.FAIL)) {
            for (Interaction next = reader.next(); next != null; next = reader.next()) {
                if (heldOut.put(next.user(), next.item()) != null) {
                    throw new IllegalArgumentException(test + " line " + reader.line() + ": user '" + next.user()
                            + "' has a second held-out item, must have one");
                }
            }
        }
        if (heldOut.isEmpty()) {
            throw new IllegalArgumentException(test + " is empty: must hold one pair for each test user");
        }
        return heldOut;
    }
}
