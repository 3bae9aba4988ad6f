package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.PositivePairs;
import dev.milvuso.trainer.tune.Range;
import dev.milvuso.trainer.tune.Report;
import dev.milvuso.trainer.tune.Search;
import dev.milvuso.trainer.tune.TuneResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

/** Searches the keys of {@code [training]} and {@code [als]} for values that suit the data. */
@Command(
        name = "tune",
        description = {
            "Searches values of [training]'s keys. One item of each user is held out of the data, at random; the rest",
            "is trained on, and the choice with the highest NDCG@10 over the whole catalogue wins. Never give it the",
            "file that you test with. training.epochs says how long the last round trains, training.seed fixes it all.",
            "With --set training.algorithm=als the keys are als.KEY, the rounds als.iterations, the seed als.seed as well."
        })
public final class TuneCommand implements Callable<Integer> {
    private static final List<String> USUAL =
            List.of("learning_rate=0.005..0.1", "regularization=0.0005..0.05", "negative_sampling_ratio=2..16");
    private static final List<String> USUAL_OF_ALS =
            List.of("als.regularization=0.003..0.1", "als.unobserved_weight=1.0..30.0");
    private static final int SHOWN = 10;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private DataOptions format = new DataOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", arity = "1..*", required = true, paramLabel = "FILE", description = "what to learn from")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--range",
            paramLabel = "KEY=LOW..HIGH|KEY=A,B,C",
            description =
                    "what a key of [training], or als.KEY, may be, any number of times; logarithmic where HIGH is ten times"
                            + " LOW or more; default: learning_rate=0.005..0.1, regularization=0.0005..0.05,"
                            + " negative_sampling_ratio=2..16; of least squares als.regularization=0.003..0.1,"
                            + " als.unobserved_weight=1.0..30.0")
    private List<String> ranges = new ArrayList<>();

    @Option(
            names = "--search",
            paramLabel = "halving|random",
            defaultValue = "halving",
            description = "halving trains all choices briefly and the best third of each round three times as long;"
                    + " default: ${DEFAULT-VALUE}")
    private String search = "halving";

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "27",
            description = "choices to draw; default: ${DEFAULT-VALUE}")
    private int trials = 27;

    @Option(names = "--out", paramLabel = "FILE", description = "writes the best choice as TOML for --config")
    private @Nullable Path out;

    @Option(names = "--plot", paramLabel = "FILE", description = "writes the trials as an HTML page")
    private @Nullable Path plot;

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load();
        Input.range("--trials", trials, 1, 10_000);
        Input.writable("--out", out);
        Input.writable("--plot", plot);
        int eta = eta();
        List<Range> parsed = parsed(config);
        DataFormat read = format.format();
        List<Path> found = format.files(files);
        AtomicReference<ProgressLine.State> state = new AtomicReference<>(new ProgressLine.State(0, "reading"));
        TuneResult result = ProgressLine.during(spec.commandLine().getErr(), state::get, () -> {
            PositivePairs data = PositivePairs.read(found, read, format.onError(), config.actions());
            return new Search(options::load, parsed, trials, eta)
                    .run(
                            data,
                            (done, all, best) -> state.set(new ProgressLine.State(
                                    (double) done / all,
                                    String.format(Locale.ROOT, "trial %d of %d, best NDCG@10 %.4f", done, all, best))));
        });
        write(out, result.best().toml());
        write(plot, new Report(result, parsed).html());
        spec.commandLine().getOut().println(options.json() ? Result.json(result) : text(result));
        return 0;
    }

    private int eta() {
        return switch (search) {
            case "halving" -> 3;
            case "random" -> 1;
            default -> throw new ConfigException("--search is " + search + ": must be halving or random");
        };
    }

    private List<Range> parsed(Config config) {
        List<String> usual = config.training().algorithm().equals("als") ? USUAL_OF_ALS : USUAL;
        List<Range> parsed =
                (ranges.isEmpty() ? usual : ranges).stream().map(Range::parse).toList();
        if (parsed.stream().map(Range::key).distinct().count() < parsed.size()) {
            throw new ConfigException("--range names a key twice: must name each once");
        }
        parsed.forEach(range -> checkUsed(config, range.key(), parsed));
        return parsed;
    }

    /** A key that the algorithm does not read would be searched in vain. */
    private static void checkUsed(Config config, String key, List<Range> all) {
        boolean chosen = all.stream().noneMatch(range -> range.key().equals("algorithm"));
        boolean leastSquares = config.training().algorithm().equals("als");
        if (chosen && key.startsWith("als.") != leastSquares) {
            throw new ConfigException("--range " + key + ": says nothing where training.algorithm is \""
                    + config.training().algorithm() + "\", must be a key of "
                    + (leastSquares ? "[als], as als.KEY" : "[training]"));
        }
    }

    private static void write(@Nullable Path file, String text) {
        if (file != null) {
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
            }
        }
    }

    private static String text(TuneResult result) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s search, %,d trials in %.1f s, judged by %,d held-out pairs; the best:%n%6s %7s %8s %8s  values%n",
                result.search(),
                result.trials().size(),
                result.seconds(),
                result.heldOut(),
                "trial",
                "epochs",
                "NDCG@10",
                "HR@10"));
        result.trials().stream()
                .sorted(TuneResult.Trial.BEST_FIRST)
                .limit(SHOWN)
                .forEach(trial -> text.append(String.format(
                        Locale.ROOT,
                        "%6d %7d %8.4f %8.4f  %s%n",
                        trial.number(),
                        trial.epochs(),
                        trial.ndcg(),
                        trial.hr(),
                        trial.fault().isEmpty() ? trial.values() : trial.fault())));
        return text.append('\n').append(result.best().toml()).toString().stripTrailing();
    }
}
