package dev.milvuso.trainer.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One seed, one file: one model, on every JDK and processor, by any number of threads. The checksums below may change
 * with what training does, and with nothing else; {@code benchmarks/numerics.sh} compares JDKs and kinds of
 * instructions.
 */
final class SameBytesTest {
    private static final int USERS = 5600;
    private static final int ITEMS = 1100;

    /** Settings of [training] or [als], and the checksum of rows, ids and pairs. */
    private static final String EXPECTED = """
            b6b08a7e training.optimizer=sgd
            1ea33843 training.optimizer=sgd training.schedule=cosine training.negative_sampling_ratio=2.5 training.regularization_exponent=0.5
            aa940a9f training.optimizer=momentum training.schedule=step training.initializer=normal training.clip_norm=0.1
            638077b5 training.optimizer=nesterov training.schedule=exponential training.initializer=orthogonal training.max_norm=0.5
            e2b3413b training.optimizer=adagrad training.learning_rate=0.05
            f865ada5 training.optimizer=rowwise_adagrad training.learning_rate=0.2
            fc1de1ab training.optimizer=adam training.learning_rate=0.005
            0b670c96 training.optimizer=adamw training.learning_rate=0.005 training.warm_up=0.2
            81f129e2 training.optimizer=amsgrad training.learning_rate=0.005
            43338f9f training.optimizer=nadam training.learning_rate=0.005
            73d6ef9a training.optimizer=rmsprop training.learning_rate=0.005
            e842c0b5 training.optimizer=ftrl training.learning_rate=0.05
            bbba03e2 training.loss=bpr training.negative_sampler=popularity training.popularity_power=0.6
            63505d83 training.loss=warp training.hard_candidates=3 training.exclude_known=true
            7cd99c6e training.loss=softmax training.negative_sampler=popularity
            5b3c46c8 training.loss=softmax training.negative_sampler=in_batch training.dropout=0.1
            648c6def training.held_out=0.1 training.patience=1 training.epochs=12 training.learning_rate=0.3
            a8efaecd training.algorithm=als
            6b9f4033 training.algorithm=als als.bias=true als.regularization_exponent=0.7
            6935abc0 training.algorithm=als als.solver=block
            712ce06e training.algorithm=als als.solver=cholesky
            """;

    @TempDir
    Path directory;

    private Path interactions() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < USERS; user++) {
            lines.append("u").append(user);
            for (int i = 0; i < 12; i++) {
                lines.append(" i").append((random.nextInt(ITEMS) * random.nextInt(ITEMS) + user) % ITEMS);
            }
            lines.append('\n');
        }
        return Files.writeString(directory.resolve("interactions"), lines);
    }

    private String checksum(Path data, String settings) {
        Stream<String> base =
                Stream.of("training.threads=3", "training.epochs=2", "als.iterations=3", "als.block_size=8");
        Config config = ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                Stream.of(base, Stream.of("milvus.dimension=13", "recommendation.embedding_dim=13"), settings.lines())
                        .flatMap(each -> each)
                        .flatMap(each -> Stream.of(each.split(" ")))
                        .toList());
        Path model = directory.resolve("model");
        Training.run(config, List.of(data), DataFormat.ADJACENCY, OnError.FAIL, model, (epoch, loss, rate, left) -> {});
        CRC32C sum = new CRC32C();
        Stream.of("users.f32", "items.f32", "users.ids", "items.ids", "pairs.i32")
                .forEach(name -> sum.update(bytes(model.resolve(name))));
        return String.format("%08x", sum.getValue());
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyLossOptimizerAndSolverGivesTheBytesItAlwaysGave() throws IOException {
        Path data = interactions();
        String found = EXPECTED.lines()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .map(settings -> checksum(data, settings) + " " + settings)
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(found).isEqualTo(EXPECTED);
    }
}
