package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.data.Interaction;
import dev.milvuso.trainer.data.InteractionReader;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.evaluation.LeaveOneOut;
import dev.milvuso.trainer.evaluation.Scorer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A stream of real choices, learned from once. */
final class SinglePassIT {
    private final OnlineCore core = new OnlineCore(ConfigLoader.defaults());

    @Test
    void onePassInTimeOrderBeatsPopularityByATenth() {
        Path folder = Path.of("../../shared/data/ml-1m");
        assumeTrue(Files.isDirectory(folder), "skipped: " + folder + " is not there");
        Path file = folder.resolve("train-in-time-order.rating.gz");
        long started = System.nanoTime();
        try (InteractionReader reader = InteractionReader.open(file, DataFormat.NCF, OnError.FAIL)) {
            for (Interaction next = reader.next(); next != null; next = reader.next()) {
                core.apply("line-" + reader.line(), next.user(), next.item(), 1, 1, 0);
            }
        }
        System.out.println("examples/s " + core.applied() / ((System.nanoTime() - started) / 1e9));
        Histories none = Histories.of(core.model().users().size(), 0, new int[0], new int[0]);
        var quality = new LeaveOneOut(new TrainedModel(core.model(), none), Scorer.of(core.model()), 10)
                .evaluate(folder.resolve("test.negative.gz"), Map.of());
        System.out.println(quality);
        assertThat(quality.hr()).isGreaterThan(0.69);
    }
}
