package dev.milvuso.trainer.evaluation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;

/**
 * How far a model is off ratings.
 *
 * @param unknown ratings by users or of items that the model has never seen
 * @param rmse root of the mean squared error, in the unit of the ratings
 * @param mae mean absolute error
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RatingResult(String protocol, int ratings, int unknown, double rmse, double mae, double seconds) {
    static RatingResult of(FactorModel model, PositivePairs test) {
        long started = System.nanoTime();
        int[] users = test.userIds().stream().mapToInt(model.users()::find).toArray();
        int[] items = test.itemIds().stream().mapToInt(model.items()::find).toArray();
        double squares = 0;
        double distances = 0;
        int unknown = 0;
        for (int i = 0; i < test.size(); i++) {
            int user = users[test.user(i)];
            int item = items[test.item(i)];
            boolean known = user >= 0 && item >= 0;
            double expected =
                    known ? model.estimate(user, item) : model.scoring().globalBias();
            double error = expected - test.rating(i);
            squares += error * error;
            distances += Math.abs(error);
            unknown += known ? 0 : 1;
        }
        int ratings = test.size();
        return new RatingResult(
                "ratings",
                ratings,
                unknown,
                Math.sqrt(squares / ratings),
                distances / ratings,
                (System.nanoTime() - started) / 1e9);
    }
}
