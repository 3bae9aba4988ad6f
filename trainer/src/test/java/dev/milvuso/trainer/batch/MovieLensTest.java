package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.evaluation.LeaveOneOut;
import dev.milvuso.trainer.evaluation.Quality;
import dev.milvuso.trainer.evaluation.Scorer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MovieLensTest {
    @Test
    void theDefaultsReachTheQualityThatPopularityDoesNot() {
        Path folder = Path.of("../../shared/data/ml-1m");
        assumeTrue(Files.isDirectory(folder), "skipped: " + folder + " is not there");
        Config config = ConfigLoader.defaults();
        TrainingData data = TrainingData.read(
                List.of(folder.resolve("train.rating.gz")), DataFormat.NCF, OnError.FAIL, config.actions());
        BatchTrainer trainer = new BatchTrainer(
                config.training(), config.recommendation().embeddingDim(), (epoch, loss, rate, left) -> {});
        BatchTrainer.Trained trained = trainer.train(data);

        Map<String, Long> popularity = new HashMap<>();
        for (int i = 0; i < data.size(); i++) {
            popularity.merge(data.itemIds().get(data.item(i)), 1L, Long::sum);
        }
        LeaveOneOut protocol = new LeaveOneOut(
                10, data.itemIds().size(), popularity, data.userIds().size());
        Path negatives = folder.resolve("test.negative.gz");
        Quality popular = protocol.evaluate(negatives, (user, item) -> popularity.getOrDefault(item, 0L));
        Quality learned = protocol.evaluate(negatives, Scorer.of(trained.model()));
        System.out.println(trained.result() + "\n" + learned + "\n" + popular);

        assertThat(popular.hr()).isBetween(0.43, 0.47);
        assertThat(learned.hr()).isGreaterThan(0.70);
    }
}
