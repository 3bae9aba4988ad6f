package dev.milvuso.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.Histories;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.optimizer.Sgd;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Full ranking of one real run against the figures of ranx, scikit-learn and NumPy: {@code figures.py} made them. */
final class PythonFiguresTest {
    private static final Path RUN = Path.of("src/test/resources/dev/milvuso/trainer/evaluation");

    private static void fill(ParameterTable table, String file) throws IOException {
        for (String line : Files.readAllLines(RUN.resolve(file))) {
            String[] fields = line.split("\t", -1);
            int row = table.findOrAdd(fields[0]);
            for (int i = 1; i < fields.length; i++) {
                table.chunk(row)[table.offset(row) + i - 1] = Float.parseFloat(fields[i]);
            }
        }
    }

    private static PositivePairs pairs(String file) {
        return PositivePairs.read(
                List.of(RUN.resolve(file)),
                DataFormat.ADJACENCY,
                OnError.FAIL,
                ConfigLoader.defaults().actions());
    }

    @Test
    void everyMeasureIsWhatPythonLibrariesSay() throws IOException {
        FactorModel factors = FactorModel.empty(8, new Sgd(), 0);
        fill(factors.users(), "users.tsv");
        fill(factors.items(), "items.tsv");
        PositivePairs train = pairs("train.txt");
        int[] users = new int[train.size()];
        int[] items = new int[train.size()];
        for (int i = 0; i < train.size(); i++) {
            users[i] = factors.users().find(train.userIds().get(train.user(i)));
            items[i] = factors.items().find(train.itemIds().get(train.item(i)));
        }
        TrainedModel model =
                new TrainedModel(factors, Histories.of(factors.users().size(), train.size(), users, items));
        ObjectMapper json = new ObjectMapper();
        JsonNode ours = json.valueToTree(Evaluation.fullRanking(model, pairs("test.txt"), 10));
        JsonNode theirs = json.readTree(RUN.resolve("figures.json").toFile());
        assertThat(theirs).hasSize(13);
        theirs.properties().forEach(figure -> {
            String name = figure.getKey().equals("hit_rate") ? "hr" : figure.getKey();
            assertThat(ours.get(name).doubleValue())
                    .as(name)
                    .isCloseTo(figure.getValue().doubleValue(), within(1e-6));
        });
    }
}
