package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.OnError;
import dev.milvuso.trainer.evaluation.Evaluation;
import dev.milvuso.trainer.evaluation.EvaluationResult;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
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
            "Measures a trained model on what it was not trained on.",
            "leave-one-out ranks each user's held-out item among the negatives of a file;",
            "full-ranking ranks each user's test items among all that the model was not trained on."
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final String LEAVE_ONE_OUT = "leave-one-out";
    private static final String FULL_RANKING = "full-ranking";
    private static final int LEAVE_ONE_OUT_LENGTH = 10;
    private static final int FULL_RANKING_LENGTH = 20;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "what train has written")
    private Path model = Path.of("model");

    @Option(
            names = "--protocol",
            required = true,
            paramLabel = "PROTOCOL",
            description = LEAVE_ONE_OUT + " or " + FULL_RANKING)
    private String protocol = LEAVE_ONE_OUT;

    @Option(
            names = "--test",
            required = true,
            paramLabel = "FILE",
            description = "held-out interactions; one of each user in format ncf for leave-one-out")
    private Path test = Path.of("test");

    @Option(
            names = "--negatives",
            paramLabel = "FILE",
            description = "for leave-one-out: lines (user,positive)<TAB>negative<TAB>negative …")
    private @Nullable Path negatives;

    @Option(
            names = "--format",
            paramLabel = "ncf|movielens|csv|jsonl|adjacency",
            converter = DataOptions.FormatName.class,
            description = "of the test file for full-ranking")
    private @Nullable DataFormat format;

    @Option(
            names = "--on-error",
            paramLabel = "fail|skip",
            defaultValue = "fail",
            converter = DataOptions.OnErrorName.class,
            description = "what full-ranking does about a bad line; default: ${DEFAULT-VALUE}")
    private OnError onError = OnError.FAIL;

    @Option(
            names = "--k",
            paramLabel = "K",
            description = "length of a list; default: " + LEAVE_ONE_OUT_LENGTH + " for " + LEAVE_ONE_OUT + ", "
                    + FULL_RANKING_LENGTH + " for " + FULL_RANKING)
    private @Nullable Integer k;

    @Override
    public Integer call() {
        Config config = options.load();
        Input.readable(test);
        EvaluationResult result = evaluate(config);
        spec.commandLine().getOut().println(options.json() ? Result.json(result) : text(result));
        return 0;
    }

    private EvaluationResult evaluate(Config config) {
        switch (protocol) {
            case LEAVE_ONE_OUT -> {
                if (negatives == null) {
                    throw new ConfigException("--negatives is missing: " + LEAVE_ONE_OUT + " needs it");
                }
                if (format != null && format != DataFormat.NCF) {
                    throw new ConfigException("--format is " + format.label() + ": " + LEAVE_ONE_OUT + " reads ncf");
                }
                Input.readable(negatives);
                return Evaluation.leaveOneOut(model, test, negatives, length(LEAVE_ONE_OUT_LENGTH));
            }
            case FULL_RANKING -> {
                if (format == null) {
                    throw new ConfigException("--format is missing: " + FULL_RANKING + " needs that of the test file");
                }
                return Evaluation.fullRanking(
                        model, test, format, onError, config.actions(), length(FULL_RANKING_LENGTH));
            }
            default ->
                throw new ConfigException(
                        "--protocol is " + protocol + ": must be " + LEAVE_ONE_OUT + " or " + FULL_RANKING);
        }
    }

    private int length(int usual) {
        int length = k == null ? usual : k;
        Input.range("--k", length, 1, 100_000);
        return length;
    }

    private static String text(EvaluationResult result) {
        return String.format(
                Locale.ROOT,
                "%s, %,d users (unknown to the model: %,d of them, %,d held-out items): HR@%d %.4f, NDCG %.4f, precision %.4f, recall %.4f, MAP %.4f, MRR %.4f, AUC %.4f,"
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
