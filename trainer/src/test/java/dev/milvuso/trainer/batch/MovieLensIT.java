package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.evaluation.Evaluation;
import dev.milvuso.trainer.evaluation.EvaluationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MovieLensIT {
    private static final Path DATA = Path.of("../../shared/data/ml-1m");

    @TempDir
    Path directory;

    @Test
    void theDefaultsReachTheQualityThatPopularityDoesNot() {
        assumeTrue(Files.isDirectory(DATA), "skipped: " + DATA + " is not there");
        Config config = ConfigLoader.defaults();
        Path model = directory.resolve("model");
        TrainingResult trained = Training.run(
                config,
                List.of(DATA.resolve("train.rating.gz")),
                DataFormat.NCF,
                OnError.FAIL,
                model,
                (epoch, loss, rate, left) -> {});
        Path test = DATA.resolve("test.rating.gz");
        EvaluationResult learned = Evaluation.leaveOneOut(model, test, DATA.resolve("test.negative.gz"), 10);
        EvaluationResult full = Evaluation.fullRanking(model, test, DataFormat.NCF, OnError.FAIL, config.actions(), 20);
        System.out.println(trained + "\n" + learned + "\n" + full);

        assertThat(learned.users()).isEqualTo(6040);
        assertThat(learned.hr()).isGreaterThan(0.70);
    }
}
