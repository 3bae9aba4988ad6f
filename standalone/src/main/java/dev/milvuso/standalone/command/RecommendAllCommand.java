package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.standalone.lists.ListOutput;
import dev.milvuso.standalone.lists.ModelLists;
import dev.milvuso.standalone.lists.ServerLists;
import dev.milvuso.standalone.lists.UserLists;
import dev.milvuso.trainer.batch.ModelDirectory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everybody's list, into a file. */
@Command(
        name = "recommend-all",
        description = {
            "Writes the lists of all users, of a trained model or of a running server, into a file: a line of JSON each, or Parquet.",
            "It may be stopped and run again: it goes on behind the last user in a file of lines; a Parquet file is begun anew."
        })
public final class RecommendAllCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model", paramLabel = "DIR", description = "what train has written")
    private @Nullable Path model;

    @Option(names = "--url", paramLabel = "URL", description = "address of a running server")
    private @Nullable URI url;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "where the lists go: .jsonl or .parquet")
    private Path out = Path.of("lists.jsonl");

    @Option(
            names = "--num",
            paramLabel = "N",
            defaultValue = "10",
            description = "length of a list, 1 to 1000; default: ${DEFAULT-VALUE}")
    private int num;

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.load();
        Input.range("--num", num, 1, 1000);
        Input.writable("--out", out);
        UserLists lists = lists();
        AtomicLong written = new AtomicLong();
        long started = System.nanoTime();
        try (ListOutput file = ListOutput.open(out)) {
            if (file.before() > 0) {
                lists.skip(file.before(), file.last());
            }
            ProgressLine.during(
                    spec.commandLine().getErr(),
                    () -> state(lists, file.before(), written.get(), started),
                    () -> write(lists, file, written));
            file.finish();
            report(file.before(), written.get(), seconds(started));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--out " + out + ": " + e.getMessage());
        }
        return 0;
    }

    private UserLists lists() {
        if ((model == null) == (url == null)) {
            throw new ConfigException("give either --model or --url: where the lists come from");
        }
        return model != null
                ? new ModelLists(new ModelDirectory(model).read(), num)
                : new ServerLists(Objects.requireNonNull(url), num);
    }

    private static boolean write(UserLists lists, ListOutput file, AtomicLong written) throws InterruptedException {
        try {
            for (List<UserLists.Line> page = lists.next(); !page.isEmpty(); page = lists.next()) {
                file.add(page);
                written.addAndGet(page.size());
            }
            return true;
        } catch (IOException e) {
            throw new IllegalStateException("stopped after " + written + " lists: " + reason(e), e);
        }
    }

    /** The client of HTTP gives no message where there is no connection. */
    private static String reason(IOException e) {
        if (e instanceof ConnectException) {
            return "nothing listens at that --url";
        }
        return e.getMessage() == null ? "the connection was lost" : e.getMessage();
    }

    private static ProgressLine.State state(UserLists lists, long before, long written, long started) {
        double users = lists.users().isPresent() ? lists.users().getAsLong() : 0;
        double rate = written / seconds(started);
        return new ProgressLine.State(
                users == 0 ? 0 : (before + written) / users,
                String.format(Locale.ROOT, "%,d lists, %,.0f/s", before + written, rate),
                users == 0 || rate == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of((users - before - written) / rate));
    }

    private void report(long before, long written, double seconds) {
        Map<String, Object> result = Result.of(
                "users", before + written,
                "written", written,
                "resumed_after", before,
                "seconds", seconds,
                "lists_per_second", written / seconds);
        String text = String.format(
                Locale.ROOT,
                "%,d lists written in %.1f s (%,.0f/s), %,d were there, into %s",
                written,
                seconds,
                written / seconds,
                before,
                out);
        spec.commandLine().getOut().println(options.json() ? Result.json(result) : text);
    }

    private static double seconds(long started) {
        return Math.max(1e-9, (System.nanoTime() - started) / 1e9);
    }
}
