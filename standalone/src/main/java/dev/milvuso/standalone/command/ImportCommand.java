package dev.milvuso.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.config.ConfigException;
import dev.milvuso.standalone.importing.ActionBodies;
import dev.milvuso.standalone.importing.ActionPoster;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads actions from files into a running system, in the order of the files. */
@Command(
        name = "import",
        description = "Posts actions from files; running it again counts nothing twice.",
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
    private static final int ARRAY = 1000;
    private static final int PROGRESS_EVERY = 100_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What to do about a line that is not an action. */
    enum OnError {
        fail,
        skip
    }

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}; .gz is unpacked")
    private ActionBodies.Format format = ActionBodies.Format.jsonl;

    @Option(names = "--url", defaultValue = "http://127.0.0.1:8080", description = "default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--on-error", defaultValue = "fail", description = "${COMPLETION-CANDIDATES}")
    private OnError onError = OnError.fail;

    @Parameters(arity = "1..*", paramLabel = "FILE")
    private List<Path> files = new ArrayList<>();

    private long accepted;
    private long skipped;
    private ArrayNode waiting = JSON.createArrayNode();

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.load();
        long start = System.nanoTime();
        ActionBodies bodies = new ActionBodies(format);
        ActionPoster poster = new ActionPoster(url);
        for (Path file : files) {
            send(file, bodies, poster);
        }
        flush(poster);
        double seconds = (System.nanoTime() - start) / 1e9;
        ObjectNode result = JSON.createObjectNode();
        result.put("accepted", accepted).put("rejected", 0).put("skipped", skipped);
        result.put("seconds", seconds).put("actions_per_second", accepted / seconds);
        spec.commandLine().getOut().println(options.json() ? result : accepted + " accepted, " + skipped + " skipped");
        return 0;
    }

    private void send(Path file, ActionBodies bodies, ActionPoster poster) throws IOException, InterruptedException {
        try (BufferedReader reader = open(file)) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                try {
                    waiting.add(bodies.body(line));
                } catch (IllegalArgumentException e) {
                    refuse(file + ":" + number + ": " + e.getMessage());
                }
                if (waiting.size() == ARRAY) {
                    flush(poster);
                }
            }
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": no such file");
        }
    }

    private void refuse(String message) {
        if (onError == OnError.fail) {
            throw new ConfigException(message);
        }
        skipped++;
        spec.commandLine().getErr().println(message);
    }

    private void flush(ActionPoster poster) throws InterruptedException {
        if (waiting.isEmpty()) {
            return;
        }
        poster.post(waiting);
        accepted += waiting.size();
        if (accepted % PROGRESS_EVERY == 0) {
            spec.commandLine().getErr().println(accepted + " accepted");
        }
        waiting = JSON.createArrayNode();
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    }
}
