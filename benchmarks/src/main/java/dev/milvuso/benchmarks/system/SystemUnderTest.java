package dev.milvuso.benchmarks.system;

import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The platform that is measured: one that runs already, or a standalone in a process and a directory of its own. */
final class SystemUnderTest implements AutoCloseable {
    static final Parameter URL = Parameter.text(
            "url", "URL", "", "of a running system; without it a standalone is started on a temporary directory");

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final String url;

    private SystemUnderTest(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Such as {@code http://127.0.0.1:8080}; what had to be started ends with the session. */
    static String url(Session session) throws IOException {
        return session.text("url").isEmpty()
                ? session.opened(started(session, List.of())).url()
                : session.text("url");
    }

    String url() {
        return url;
    }

    /** Where the launcher lies, which has told so. */
    static Path home() {
        return Path.of(System.getProperty("milvuso.home", "."));
    }

    /**
     * A standalone with an empty directory of its own.
     *
     * @param settings {@code section.key=value} each; they win over the session's
     */
    static SystemUnderTest started(Session session, List<String> settings) throws IOException {
        Path directory = Files.createTempDirectory(session.directory(), "standalone");
        session.say("starting a standalone in %s", directory);
        List<String> command = new ArrayList<>(List.of(
                home().resolve("milvuso").toString(),
                "standalone",
                "--port",
                "0",
                "--data-dir",
                directory.resolve("data").toString()));
        command.addAll(session.configuration());
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("standalone.log").toFile())
                .start();
        String url = readyUrl(process);
        session.say("ready %s", url);
        return new SystemUnderTest(process, url);
    }

    private static String readyUrl(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith("ready ")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the standalone ended before it was ready: `./milvuso standalone` shows why");
        }
        return line.substring("ready ".length());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
