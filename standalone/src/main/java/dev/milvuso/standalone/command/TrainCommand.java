package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.trainer.batch.Progress;
import dev.milvuso.trainer.batch.Training;
import dev.milvuso.trainer.batch.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns a model from files, without any service. */
@Command(
        name = "train",
        description = {
            "Trains a model on files, without any service, and writes it into a folder.",
            "The section [training] of the configuration says how, recommendation.embedding_dim how large."
        })
public final class TrainCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private DataOptions format = new DataOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", arity = "1..*", required = true, paramLabel = "FILE", description = "what to learn from")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--model-out",
            required = true,
            paramLabel = "DIR",
            description = "folder of the model; a model that is there already is replaced")
    private Path modelOut = Path.of("model");

    @Option(
            names = "--register",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "NAME",
            description =
                    "also adds the model to the registry in PostgreSQL, as version batch-NAME; without a name, the time")
    private @Nullable String register;

    @Option(
            names = "--cut",
            defaultValue = "beginning",
            paramLabel = "beginning|now",
            description = {
                "what of the topic of examples the files do not hold and is learned when the version is published:",
                "all of it, or what comes from now on; default: ${DEFAULT-VALUE}"
            })
    private String cut = "beginning";

    private final AtomicReference<ProgressLine.State> state =
            new AtomicReference<>(new ProgressLine.State(0, "reading"));

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load();
        files.forEach(Input::readable);
        Optional<Registration> registration =
                Optional.ofNullable(register).map(name -> Registration.of(config, name, cut));
        int epochs = config.training().epochs();
        Progress progress = (epoch, loss, samplesPerSecond, secondsLeft) -> state.set(new ProgressLine.State(
                (double) epoch / epochs,
                String.format(
                        Locale.ROOT,
                        "epoch %d of %d, loss %.4f, %,.0f samples/s",
                        epoch,
                        epochs,
                        loss,
                        samplesPerSecond)));
        TrainingResult result = ProgressLine.during(
                spec.commandLine().getErr(),
                state::get,
                () -> Training.run(config, files, format.format(), format.onError(), modelOut, progress));
        registration.ifPresent(model -> {
            model.add(files, modelOut, result);
            spec.commandLine().getErr().println("registered as " + model.version());
        });
        spec.commandLine().getOut().println(options.json() ? Result.json(result) : text(result));
        return 0;
    }

    private String text(TrainingResult result) {
        return String.format(
                Locale.ROOT,
                "%s: %,d users, %,d items, %,d interactions (left out: %,d not positive, %,d lines skipped), %d epochs in %.1f s, %,.0f samples/s,"
                        + " loss %.4f",
                modelOut,
                result.users(),
                result.items(),
                result.interactions(),
                result.notPositive(),
                result.skipped(),
                result.epochs(),
                result.seconds(),
                result.samplesPerSecond(),
                result.loss());
    }
}
