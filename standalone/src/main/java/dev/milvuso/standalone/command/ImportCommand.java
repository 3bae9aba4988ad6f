package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.standalone.importing.Importer;
import dev.milvuso.standalone.importing.Outcome;
import dev.milvuso.standalone.importing.Poster;
import dev.milvuso.trainer.data.DataFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads actions and items from files into a running system, the actions of each user in the order of the files. */
@Command(
        name = "import",
        description = {
            "Posts actions and items from files to a running server.",
            "It may be stopped and run again: what has been counted is not counted twice."
        })
public final class ImportCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "address of the server; default: http:// with server.host and server.port")
    private @Nullable URI url;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "4",
            description = "requests under way at a time, 1 to 64; default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "how long to wait for a server that takes nothing; default: ${DEFAULT-VALUE}")
    private int patience;

    @Option(
            names = "--acknowledged",
            paramLabel = "FILE",
            description = "appends the event id of every action that the server has taken, one a line")
    private @Nullable Path acknowledged;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "in the order in which they are to be posted")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Input.range("--connections", connections, 1, 64);
        Input.range("--patience", patience, 1, 86_400);
        DataFormat format = data.format();
        List<Path> found = data.files(files);
        PrintWriter err = spec.commandLine().getErr();
        Poster poster = new Poster(server(), Duration.ofSeconds(patience), notice -> say(err, notice));
        try (Writer ids = acknowledgedIds()) {
            Outcome outcome = new Outcome(ids, notice -> say(err, notice));
            Importer importer = new Importer(format, data.onError(), poster, outcome, connections);
            run(importer, found, outcome, err);
            if (outcome.counts().actions() > 0 && poster.knowsNoItems()) {
                say(err, "the catalogue is empty, and only what is in it is recommended: import items, too");
            }
        }
        return 0;
    }

    private URI server() {
        var server = options.load().server();
        return url != null ? url : URI.create("http://" + server.host() + ":" + server.port());
    }

    private Writer acknowledgedIds() throws IOException {
        if (acknowledged == null) {
            return Writer.nullWriter();
        }
        Path parent = acknowledged.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw new ConfigException("--acknowledged " + acknowledged + ": there is no folder " + parent);
        }
        return Files.newBufferedWriter(acknowledged, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void run(Importer importer, List<Path> found, Outcome outcome, PrintWriter err)
            throws IOException, InterruptedException {
        long bytes = 0;
        for (Path file : found) {
            bytes += Files.size(file);
        }
        double total = Math.max(1, bytes);
        long started = System.nanoTime();
        Outcome.Counts counts;
        try {
            counts = ProgressLine.during(
                    err,
                    () -> new ProgressLine.State(importer.bytesRead() / total, soFar(outcome.counts(), started)),
                    () -> {
                        importer.run(found);
                        return outcome.counts();
                    });
        } catch (RuntimeException e) {
            say(err, "until then " + soFar(outcome.counts(), started));
            throw e;
        }
        report(counts, seconds(started));
    }

    private static String soFar(Outcome.Counts counts, long started) {
        return String.format(
                Locale.ROOT,
                "%,d accepted, %,d rejected, %,.0f/s",
                counts.accepted(),
                counts.rejected(),
                counts.accepted() / seconds(started));
    }

    private void report(Outcome.Counts counts, double seconds) {
        Map<String, Object> result = Result.of(
                "accepted", counts.accepted(),
                "rejected", counts.rejected(),
                "skipped", counts.skipped(),
                "actions", counts.actions(),
                "items", counts.items(),
                "seconds", seconds,
                "actions_per_second", counts.actions() / seconds);
        String text = String.format(
                Locale.ROOT,
                "%,d actions and %,d items accepted, %,d rejected, %,d skipped, in %.1f s (%,.0f/s)",
                counts.actions(),
                counts.items(),
                counts.rejected(),
                counts.skipped(),
                seconds,
                counts.accepted() / seconds);
        spec.commandLine().getOut().println(options.json() ? Result.json(result) : text);
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    private static void say(PrintWriter err, String notice) {
        err.println("milvuso: " + notice);
    }
}
