package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.batch.EpochLog;
import dev.milvuso.trainer.batch.Progress;
import dev.milvuso.trainer.batch.Training;
import dev.milvuso.trainer.batch.TrainingResult;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.tune.PatternSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
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
            "Trains a model on files or on a trainer's archive, without any service, and writes it into a folder.",
            "The section [training] of the configuration says how, recommendation.embedding_dim how large."
        })
public final class TrainCommand implements Callable<Integer> {
    /** Keys of [training] that least squares heed too. */
    private static final Set<String> READ_BY_ALL = Set.of("training.algorithm", "training.metric", "training.seed");

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "FILE",
            description = "what to learn from; --format says how it is written")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--archive",
            paramLabel = "URI",
            description = {
                "learn from a trainer's archive and not from files: a directory, s3://bucket/path or hdfs://host:port/path;",
                "credentials and the rest of [archive] as for the trainer"
            })
    private @Nullable String archive;

    @Option(
            names = "--model-out",
            required = true,
            paramLabel = "DIR",
            description = "folder of the model; a model that is there already is replaced")
    private Path modelOut = Path.of("model");

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description = "shipped settings, fast, best, als or online, that win over the file; --set wins over them")
    private @Nullable String recipe;

    @Option(
            names = "--epoch-log",
            paramLabel = "FILE",
            description = "writes CPU seconds of the process and loss of every epoch here, one JSON document a line")
    private @Nullable Path epochLog;

    @Option(
            names = "--epoch-models",
            paramLabel = "DIR",
            description = "with --epoch-log: also keeps the model of every epoch here, not counted as training")
    private @Nullable Path epochModels;

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
            paramLabel = "beginning|now",
            description = {
                "what of the topic of examples the files do not hold and is learned when the version is published:",
                "all of it, or what comes from now on; default: beginning. An archive says itself how far it goes"
            })
    private @Nullable String cut;

    private final AtomicReference<ProgressLine.State> state =
            new AtomicReference<>(new ProgressLine.State(0, "reading"));

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load(Optional.ofNullable(recipe));
        checkSource();
        Input.writable("--epoch-log", epochLog);
        tellOtherMetric(config);
        tellUnread(config);
        Optional<Registration> registration =
                Optional.ofNullable(register).map(name -> Registration.of(config, name, source()));
        int epochs = Training.epochs(config);
        Progress progress = (epoch, loss, samplesPerSecond, secondsLeft) -> state.set(new ProgressLine.State(
                (double) epoch / epochs,
                String.format(
                        Locale.ROOT,
                        "epoch %d of %d, %s, %,.0f samples/s",
                        epoch,
                        epochs,
                        loss(config, loss),
                        samplesPerSecond),
                OptionalDouble.of(secondsLeft)));
        TrainingResult result = ProgressLine.during(
                spec.commandLine().getErr(), state::get, () -> train(config, logged(config, progress)));
        registration.ifPresent(model -> {
            model.add(modelOut, result);
            spec.commandLine().getErr().println("registered as " + model.version());
        });
        spec.commandLine().getOut().println(options.json() ? Result.json(result) : text(config, result));
        return 0;
    }

    /** Who asks for least squares by a recipe's name must know that others are at work. */
    private void tellOtherMetric(Config config) {
        if (recipe != null && ConfigLoader.usesOtherMetrics(recipe, config)) {
            spec.commandLine()
                    .getErr()
                    .println("recipe " + recipe + ": gradient steps, since training.metric is \""
                            + config.training().metric() + "\" and least squares know \"inner_product\" alone");
        }
    }

    /** What somebody has set and the algorithm does not read. */
    private void tellUnread(Config config) {
        String algorithm = config.training().algorithm();
        boolean leastSquares = algorithm.equals("als");
        for (String key : options.keys()) {
            if (leastSquares ? key.startsWith("training.") && !READ_BY_ALL.contains(key) : key.startsWith("als.")) {
                spec.commandLine()
                        .getErr()
                        .println(key + " says nothing here: training.algorithm is \"" + algorithm
                                + "\", whose keys are those of " + (leastSquares ? "[als]" : "[training]"));
            }
        }
    }

    private static String loss(Config config, double loss) {
        String text = String.format(Locale.ROOT, "loss %.4f", loss);
        return Training.learnsRatings(config)
                ? text + String.format(Locale.ROOT, ", RMSE %.4f", Math.sqrt(2 * loss))
                : text;
    }

    private void checkSource() {
        if (archive != null) {
            if (!files.isEmpty()) {
                throw new ConfigException("--data and --archive are both given: must be one of them");
            }
            if (cut != null) {
                throw new ConfigException("--cut and --archive are both given: an archive says itself how far it goes");
            }
            return;
        }
        if (files.isEmpty()) {
            throw new ConfigException("--data is missing: name files, or a trainer's archive with --archive");
        }
        data.format();
        files = data.files(files);
    }

    private Registration.Source source() {
        return archive == null
                ? new Registration.Files(files, cut == null ? "beginning" : cut)
                : new Registration.Archive(archive);
    }

    private TrainingResult train(Config config, Progress progress) {
        if (archive != null) {
            return Training.runFromArchive(
                    config, this::searched, config.archive().at(archive), System.getenv(), modelOut, progress);
        }
        return Training.run(config, this::searched, files, data.format(), data.onError(), modelOut, progress);
    }

    /** The configuration, with values that suit the data better where {@code [search]} finds some. */
    private Config searched(PositivePairs data) {
        PatternSearch.Found found = new PatternSearch(
                        further -> options.load(Optional.ofNullable(recipe), further),
                        (done, most, best) -> state.set(new ProgressLine.State(
                                (double) done / most,
                                String.format(
                                        Locale.ROOT, "trial %d of at most %d, best NDCG@10 %.4f", done, most, best))))
                .run(data);
        if (found.trials() > 0) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            Locale.ROOT,
                            "searched in %d trials, NDCG@10 %.4f of the held-out items, before %.4f: %s%n",
                            found.trials(),
                            found.ndcg(),
                            found.before(),
                            String.join(" ", found.values().settings()));
        }
        return found.config();
    }

    private Progress logged(Config config, Progress progress) {
        if (epochLog == null && epochModels != null) {
            throw new ConfigException("--epoch-log is missing: --epoch-models needs it");
        }
        return epochLog == null
                ? progress
                : new EpochLog(epochLog, Optional.ofNullable(epochModels), Training.learnsRatings(config), progress);
    }

    private String text(Config config, TrainingResult result) {
        return String.format(
                Locale.ROOT,
                "%s: %,d users, %,d items, %,d interactions (left out: %,d not positive, %,d lines skipped), %d epochs in %.1f s, %,.0f samples/s,"
                        + " %s",
                modelOut,
                result.users(),
                result.items(),
                result.interactions(),
                result.notPositive(),
                result.skipped(),
                result.epochs(),
                result.seconds(),
                result.samplesPerSecond(),
                loss(config, result.loss()));
    }
}
