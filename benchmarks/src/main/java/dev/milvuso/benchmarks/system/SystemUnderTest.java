package dev.milvuso.benchmarks.system;

import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The platform that is measured: one that runs already, or a standalone in a process and a directory of its own. */
final class SystemUnderTest {
    static final Parameter URL = Parameter.text(
            "url", "URL", "", "of a running system; without it a standalone is started on a temporary directory");

    private static final int PATIENCE_SECONDS = 60;

    private SystemUnderTest() {}

    /** Such as {@code http://127.0.0.1:8080}. */
    static String url(Session session) throws IOException {
        return session.text("url").isEmpty() ? started(session) : session.text("url");
    }

    /** Where the launcher lies, which has told so. */
    static Path home() {
        return Path.of(System.getProperty("milvuso.home", "."));
    }

    private static String started(Session session) throws IOException {
        session.say("starting a standalone in %s", session.directory());
        List<String> command = new ArrayList<>(List.of(
                home().resolve("milvuso").toString(),
                "standalone",
                "--port",
                "0",
                "--data-dir",
                session.directory().resolve("data").toString()));
        command.addAll(session.configuration());
        Process process = new ProcessBuilder(command)
                .redirectError(session.directory().resolve("standalone.log").toFile())
                .start();
        session.opened(() -> stop(process));
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith("ready ")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the standalone ended before it was ready: `./milvuso standalone` shows why");
        }
        session.say("%s", line);
        return line.substring("ready ".length());
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
