package dev.milvuso.standalone.command;

import dev.milvuso.action.ServedList;
import dev.milvuso.config.ConfigException;
import dev.milvuso.trainer.batch.ModelDirectory;
import dev.milvuso.trainer.batch.TrainedModel;
import dev.milvuso.trainer.model.FactorModel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which policy is asked about, as far as it can be said here: others are computed from the lines. */
final class TargetOptions {
    @Option(
            names = "--target",
            paramLabel = "POLICY",
            description = {
                "logged: what was done; uniform: any order of the items alike; model: the items of each list in the order",
                "of --model; without it the lines have no target"
            })
    private @Nullable String policy;

    @Option(names = "--model", paramLabel = "DIR", description = "for --target model: what train has written")
    private @Nullable Path model;

    ExposureLines.Target target() {
        if (policy == null) {
            return (list, items) -> Optional.empty();
        }
        return switch (policy) {
            case "logged" ->
                (list, items) -> Optional.of(list.items().stream()
                        .limit(items)
                        .mapToDouble(ServedList.Shown::probability)
                        .toArray());
            case "uniform" ->
                (list, items) -> Optional.of(
                        DoubleStream.generate(() -> 1.0 / items).limit(items).toArray());
            case "model" -> byModel();
            default -> throw new ConfigException("--target is " + policy + ": must be logged, uniform or model");
        };
    }

    private ExposureLines.Target byModel() {
        if (model == null) {
            throw new ConfigException("--target model needs --model: what train has written");
        }
        TrainedModel trained = new ModelDirectory(model).read();
        return (list, items) -> {
            List<Integer> order = order(trained.factors(), list, items);
            return Optional.of(IntStream.range(0, items)
                    .mapToDouble(position -> order.get(position) == position ? 1 : 0)
                    .toArray());
        };
    }

    /** Positions of the items in the model's order; what it does not know comes last, as it stood. */
    private static List<Integer> order(FactorModel model, ServedList list, int items) {
        int user = model.users().find(list.userId().value());
        double[] scores = new double[items];
        for (int i = 0; i < items; i++) {
            int item = model.items().find(list.items().get(i).itemId().value());
            scores[i] = user < 0 || item < 0 ? Double.NEGATIVE_INFINITY : model.score(user, item);
        }
        return IntStream.range(0, items)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .toList();
    }
}
