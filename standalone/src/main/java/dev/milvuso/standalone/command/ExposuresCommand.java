package dev.milvuso.standalone.command;

import dev.milvuso.action.ServedList;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.config.Durations;
import dev.milvuso.server.quality.Exposures;
import dev.milvuso.server.quality.offpolicy.RandomOrder;
import dev.milvuso.server.sync.kafka.PastEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What was shown with which probability, and what came of it. */
@Command(
        name = "exposures",
        description = {
            "Writes what served lists have shown and what came of it as lines for evaluate --protocol off-policy: reward,",
            "propensity (with which the item stood at its place) and, with --target, what the policy in question would have",
            "done; besides request, user, item, position and so on, by which another policy's target can be computed.",
            "Reads the topic user_actions of kafka.brokers up to the present, as far back as --back. What follows a list",
            "counts by quality.window, click_actions and conversion_actions."
        })
public final class ExposuresCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final String RANDOM = "random";

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "where the lines go; overwritten")
    private Path out = Path.of("exposures.jsonl");

    @Option(
            names = "--back",
            paramLabel = "DURATION",
            defaultValue = "7d",
            description = "how much of the log is read, such as 12h or 7d; default: ${DEFAULT-VALUE}")
    private String back = "7d";

    @Option(
            names = "--lists",
            paramLabel = "WHICH",
            defaultValue = RANDOM,
            description = {
                "random: the items of lists in random order (quality.random_order) that were shuffled; all: every item of",
                "every list, of which most could not have been others; default: ${DEFAULT-VALUE}"
            })
    private String lists = RANDOM;

    @Option(
            names = "--reward",
            paramLabel = "WHAT",
            defaultValue = "click",
            description =
                    "click, conversion or favour (any action in favour): 1 if it followed, else 0; default: ${DEFAULT-VALUE}")
    private String reward = "click";

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = options.load();
        if (!lists.equals(ALL) && !lists.equals(RANDOM)) {
            throw new ConfigException("--lists is " + lists + ": must be " + RANDOM + " or " + ALL);
        }
        Input.writable("--out", out);
        Instant since = Clock.systemUTC().instant().minus(back());
        ExposureLines lines = new ExposureLines(ExposureLines.bit(reward), target.target());
        long started = System.nanoTime();
        // What is there already stays until all has come.
        Path part = out.resolveSibling(out.getFileName() + ".part");
        try {
            write(config, since, lines, part);
            Files.move(part, out, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException("--out " + out + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(part);
        }
        report(lines, Math.max(1e-9, (System.nanoTime() - started) / 1e9));
        return 0;
    }

    private void write(Config config, Instant since, ExposureLines lines, Path part)
            throws IOException, InterruptedException {
        try (Writer writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            Exposures exposures = new Exposures(
                    config,
                    list -> shown(list) > 0,
                    exposed -> write(lines.of(exposed, shown(exposed.list())), writer),
                    Clock.systemUTC());
            new PastEvents(config, "exposures").read(since, exposures::happened);
            exposures.end();
        }
    }

    private Duration back() {
        try {
            return Durations.parse(back);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--back is " + back + ": " + e.getMessage());
        }
    }

    /** How many of its items, from the top, are of interest. */
    private int shown(ServedList list) {
        return lists.equals(ALL) ? list.items().size() : RandomOrder.items(list);
    }

    private static void write(String text, Writer writer) {
        try {
            writer.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(ExposureLines lines, double seconds) {
        Map<String, Object> result = Result.of(
                "lists", lines.lists(), "exposures", lines.lines(), "rewarded", lines.rewarded(), "seconds", seconds);
        String text = String.format(
                Locale.ROOT,
                "%,d items of %,d lists, %,d of them followed by a %s, into %s in %.1f s",
                lines.lines(),
                lines.lists(),
                lines.rewarded(),
                reward,
                out,
                seconds);
        spec.commandLine().getOut().println(options.json() ? Result.json(result) : text);
        if (lines.lists() == 0 && lists.equals(RANDOM)) {
            spec.commandLine()
                    .getErr()
                    .println("no list was in random order: quality.random_order is the share of those, or --lists all");
        }
    }
}
