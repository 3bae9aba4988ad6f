package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.server.quality.offpolicy.OffPolicy;
import dev.milvuso.trainer.batch.Training;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.Timeline;
import dev.milvuso.trainer.evaluation.Evaluation;
import dev.milvuso.trainer.evaluation.EvaluationResult;
import dev.milvuso.trainer.evaluation.RatingResult;
import dev.milvuso.trainer.replay.ReplayResult;
import dev.milvuso.trainer.replay.TimeSplit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how good a trained model is on what it was not trained on. */
@Command(
        name = "evaluate",
        description = {
            "Measures a model on what it was not trained on.",
            "leave-one-out (--model, --test, --negatives) ranks each user's held-out item among the negatives of a file;",
            "full-ranking (--model, --test, --format) ranks each user's test items among all that the model was not",
            "trained on; time-split (--data, --format, --split) trains on the older part of the data as [training] says",
            "and ranks the newer part likewise; replay (--data, --format) is the command of that name;",
            "ratings (--model, --test, --format) is the error of a model that was trained with training.loss=squared;",
            "off-policy (--log) is what another policy would have earned, by the choices that one has made."
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final String LEAVE_ONE_OUT = "leave-one-out";
    private static final String FULL_RANKING = "full-ranking";
    private static final String TIME_SPLIT = "time-split";
    private static final String REPLAY = "replay";
    private static final String RATINGS = "ratings";
    private static final String OFF_POLICY = "off-policy";
    private static final int LEAVE_ONE_OUT_LENGTH = 10;
    private static final int FULL_RANKING_LENGTH = 20;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private DataOptions interactions = new DataOptions();

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Mixin
    private OffPolicyOptions offPolicy = new OffPolicyOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model", paramLabel = "DIR", description = "what train has written")
    private @Nullable Path model;

    @Option(
            names = "--protocol",
            required = true,
            paramLabel = "PROTOCOL",
            description = LEAVE_ONE_OUT + ", " + FULL_RANKING + ", " + TIME_SPLIT + ", " + REPLAY + ", " + RATINGS
                    + " or " + OFF_POLICY)
    private String protocol = LEAVE_ONE_OUT;

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description = "held-out interactions; one of each user in format ncf for leave-one-out")
    private @Nullable Path test;

    @Option(
            names = "--negatives",
            paramLabel = "FILE",
            description = "for leave-one-out: lines (user,positive)<TAB>negative<TAB>negative …")
    private @Nullable Path negatives;

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "FILE",
            description = "for time-split and replay: interactions; every line must have a time")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--split",
            paramLabel = "SHARE",
            defaultValue = "0.9",
            description = "for time-split: share of the interactions to train on; default: ${DEFAULT-VALUE}")
    private double split = 0.9;

    @Option(
            names = "--k",
            paramLabel = "K",
            description = "length of a list; default: " + FULL_RANKING_LENGTH + " over the whole catalogue, "
                    + LEAVE_ONE_OUT_LENGTH + " for " + LEAVE_ONE_OUT + "; always 10 for " + REPLAY)
    private @Nullable Integer k;

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load();
        if (protocol.equals(REPLAY)) {
            ReplayResult result = replay.run(
                    options::load, data(), interactions, spec.commandLine().getErr());
            spec.commandLine().getOut().println(options.json() ? Result.json(result) : ReplayOptions.text(result));
            return 0;
        }
        if (protocol.equals(OFF_POLICY)) {
            OffPolicy.Result result = offPolicy.run();
            spec.commandLine()
                    .getOut()
                    .println(options.json() ? Result.json(offPolicy.document(result)) : OffPolicyOptions.text(result));
            return 0;
        }
        if (protocol.equals(RATINGS)) {
            RatingResult result = Evaluation.ratings(
                    given("--model", model),
                    readable("--test", test),
                    interactions.format(),
                    interactions.onError(),
                    config.actions());
            spec.commandLine().getOut().println(options.json() ? Result.json(result) : text(result));
            return 0;
        }
        EvaluationResult result = evaluate(config);
        spec.commandLine().getOut().println(options.json() ? Result.json(result) : text(result));
        return 0;
    }

    private EvaluationResult evaluate(Config config) throws InterruptedException {
        return switch (protocol) {
            case LEAVE_ONE_OUT -> leaveOneOut();
            case FULL_RANKING ->
                Evaluation.fullRanking(
                        given("--model", model),
                        readable("--test", test),
                        interactions.format(),
                        interactions.onError(),
                        config.actions(),
                        length(FULL_RANKING_LENGTH));
            case TIME_SPLIT -> timeSplit(config);
            default ->
                throw new ConfigException("--protocol is " + protocol + ": must be " + LEAVE_ONE_OUT + ", "
                        + FULL_RANKING + ", " + TIME_SPLIT + ", " + REPLAY + ", " + RATINGS + " or " + OFF_POLICY);
        };
    }

    private EvaluationResult leaveOneOut() {
        interactions.given().filter(format -> format != DataFormat.NCF).ifPresent(format -> {
            throw new ConfigException("--format is " + format.label() + ": " + LEAVE_ONE_OUT + " reads ncf");
        });
        return Evaluation.leaveOneOut(
                given("--model", model),
                readable("--test", test),
                readable("--negatives", negatives),
                length(LEAVE_ONE_OUT_LENGTH));
    }

    private EvaluationResult timeSplit(Config config) throws InterruptedException {
        if (!(split > 0 && split < 1)) {
            throw new ConfigException("--split is " + split + ": must be above 0 and below 1");
        }
        if (model != null) {
            throw new ConfigException(
                    "--model: " + TIME_SPLIT + " trains its own model on the older part of the data, leave it out");
        }
        List<Path> data = interactions.files(data());
        DataFormat format = interactions.format();
        int epochs = Training.epochs(config);
        AtomicReference<ProgressLine.State> state = new AtomicReference<>(new ProgressLine.State(0, "reading"));
        return ProgressLine.during(spec.commandLine().getErr(), state::get, () -> {
            Timeline events = Timeline.read(data, format, interactions.onError(), config.actions());
            return TimeSplit.evaluate(
                    config,
                    events,
                    split,
                    length(FULL_RANKING_LENGTH),
                    (epoch, loss, rate, left) -> state.set(new ProgressLine.State(
                            (double) epoch / epochs, String.format(Locale.ROOT, "epoch %d of %d", epoch, epochs))));
        });
    }

    private List<Path> data() {
        if (files.isEmpty()) {
            throw new ConfigException("--data is missing: " + protocol + " needs it");
        }
        return files;
    }

    private Path readable(String option, @Nullable Path file) {
        List<Path> found = interactions.files(List.of(given(option, file)));
        if (found.size() > 1) {
            throw new ConfigException(option + " is a folder of " + found.size() + " files: must be one file");
        }
        return found.get(0);
    }

    private <T> T given(String option, @Nullable T value) {
        if (value == null) {
            throw new ConfigException(option + " is missing: " + protocol + " needs it");
        }
        return value;
    }

    private int length(int usual) {
        int length = k == null ? usual : k;
        Input.range("--k", length, 1, 100_000);
        return length;
    }

    private static String text(RatingResult result) {
        return String.format(
                Locale.ROOT,
                "%s, %,d ratings (%,d of users or items unknown to the model): RMSE %.4f, mean absolute error %.4f,"
                        + " in %.1f s",
                result.protocol(),
                result.ratings(),
                result.unknown(),
                result.rmse(),
                result.mae(),
                result.seconds());
    }

    private static String text(EvaluationResult result) {
        return String.format(
                Locale.ROOT,
                "%s, %,d users (unknown to the model: %,d of them, %,d held-out items): HR@%d %.4f, NDCG %.4f,"
                        + " precision %.4f, recall %.4f, MAP %.4f, MRR %.4f, AUC %.4f,"
                        + " coverage %.3f, diversity %.3f (within a list %.3f), novelty %.2f bits,"
                        + " average popularity %.1f, Gini %.3f, in %.1f s",
                result.protocol(),
                result.users(),
                result.unknownUsers(),
                result.unknownItems(),
                result.k(),
                result.hr(),
                result.ndcg(),
                result.precision(),
                result.recall(),
                result.map(),
                result.mrr(),
                result.auc(),
                result.coverage(),
                result.diversity(),
                result.intraListDiversity(),
                result.novelty(),
                result.averagePopularity(),
                result.gini(),
                result.seconds());
    }
}
