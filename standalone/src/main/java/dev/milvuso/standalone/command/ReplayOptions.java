package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.trainer.data.DataFormat;
import dev.milvuso.trainer.data.Timeline;
import dev.milvuso.trainer.replay.Curves;
import dev.milvuso.trainer.replay.Others;
import dev.milvuso.trainer.replay.Replay;
import dev.milvuso.trainer.replay.ReplayResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a replay takes beside its data, and how it is run. */
public final class ReplayOptions {
    @Option(names = "--plot", paramLabel = "FILE", description = "replay: writes the curve as .svg or .html")
    private @Nullable Path plot;

    @Option(
            names = "--warm-up",
            paramLabel = "online|batch",
            defaultValue = "online",
            description = "replay: how online learning takes the first tenth; default: ${DEFAULT-VALUE}")
    private String warmUp = "online";

    @Option(names = "--online-only", description = "replay: leaves out what online learning is compared with")
    private boolean onlineOnly;

    @Option(
            names = "--others",
            paramLabel = "unseen|any",
            defaultValue = "unseen",
            description = "replay: the 99 others are items that the user had not acted on, or any that had appeared;"
                    + " default: ${DEFAULT-VALUE}")
    private String others = "unseen";

    @Option(
            names = "--until",
            paramLabel = "SHARE",
            defaultValue = "1",
            description =
                    "replay: ends after this share of the interactions, to choose settings on; above 0.1, up to 1;"
                            + " default: ${DEFAULT-VALUE}")
    private double until = 1;

    ReplayResult run(Function<List<String>, Config> configs, List<Path> files, DataOptions data, PrintWriter err)
            throws InterruptedException {
        Config config = configs.apply(List.of());
        Replay.Begin begin = begin();
        Others among = among();
        if (!(until > 0.1 && until <= 1)) {
            throw new ConfigException("--until is " + until + ": must be above 0.1 and up to 1");
        }
        List<Path> found = data.files(files);
        Input.writable("--plot", plot);
        DataFormat format = data.format();
        AtomicReference<ProgressLine.State> state = new AtomicReference<>(new ProgressLine.State(0, "reading"));
        ReplayResult result = ProgressLine.during(err, state::get, () -> {
            Timeline events = Timeline.read(found, format, data.onError(), config.actions());
            return new Replay(configs, events, among, until)
                    .run(begin, !onlineOnly, done -> state.set(new ProgressLine.State(done, "ranked and learned")));
        });
        if (plot != null) {
            Curves.of(result).write(plot);
        }
        return result;
    }

    private Replay.Begin begin() {
        return switch (warmUp) {
            case "online" -> Replay.Begin.ONLINE;
            case "batch" -> Replay.Begin.BATCH;
            default -> throw new ConfigException("--warm-up is " + warmUp + ": must be online or batch");
        };
    }

    private Others among() {
        return switch (others) {
            case "unseen" -> Others.UNSEEN;
            case "any" -> Others.ANY;
            default -> throw new ConfigException("--others is " + others + ": must be unseen or any");
        };
    }

    static String text(ReplayResult result) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "replay of %,d interactions, %,d ranked among 99 %s (%,d of users of the first tenth), in %.1f s%n"
                        + "%-16s %8s %8s   %-19s %-19s %8s%n",
                result.events(),
                result.ranked(),
                result.negatives().equals("any") ? "others" : "others that the user had not acted on",
                result.knownUsers(),
                result.seconds(),
                "",
                "HR@10",
                "NDCG@10",
                "users seen before",
                "new users",
                "seconds"));
        for (ReplayResult.Way way : result.ways()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-16s %8.4f %8.4f   %8.4f %8.4f   %8.4f %8.4f   %8.1f%n",
                    way.name().replace('_', ' '),
                    way.hr(),
                    way.ndcg(),
                    way.hrKnownUsers(),
                    way.ndcgKnownUsers(),
                    way.hrNewUsers(),
                    way.ndcgNewUsers(),
                    way.seconds()));
        }
        return text.toString().stripTrailing();
    }
}
