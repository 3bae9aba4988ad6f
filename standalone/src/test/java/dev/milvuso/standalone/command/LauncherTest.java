package dev.milvuso.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root, with a Java and a Maven that only say what they were asked. */
class LauncherTest {
    @TempDir
    private Path directory = Path.of("");

    private Path home = Path.of("");
    private Path jdk = Path.of("");

    private record Ended(int exit, String out, String err) {}

    @BeforeEach
    void copy() throws IOException {
        home = Files.createDirectory(directory.resolve("a home"));
        jdk = directory.resolve("a jdk");
        Files.copy(Path.of("..", "milvuso"), home.resolve("milvuso"));
        java("17.0.15");
    }

    private void java(String version) throws IOException {
        script(
                jdk.resolve("bin/java"),
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\"' >&2; exit; fi",
                "printf '%s\\n' \"$@\"");
    }

    private void sources() throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("common/src/main"));
        Files.writeString(home.resolve("common/pom.xml"), "");
        Files.writeString(home.resolve("pom.xml"), "");
    }

    private void built() throws IOException {
        Files.createDirectories(home.resolve("standalone/target/milvuso"));
        Files.writeString(home.resolve("standalone/target/standalone-1.0.jar"), "");
    }

    private static void script(Path path, String... lines) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, "#!/usr/bin/env bash\n" + String.join("\n", lines) + "\n");
        assertThat(path.toFile().setExecutable(true)).isTrue();
    }

    private Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("milvuso").toString()));
        command.addAll(List.of(arguments));
        return run(environment, command);
    }

    private Ended run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("MILVUSO_JAVA_OPTIONS");
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        return new Ended(
                exit, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void itHandsOverWhatItWasGivenAlsoThroughALink() throws Exception {
        built();
        Path link = Files.createSymbolicLink(
                directory.resolve("link"), directory.resolve("link-to").getFileName());
        Files.createSymbolicLink(directory.resolve("link-to"), home.resolve("milvuso"));
        Ended run = run(
                Map.of("MILVUSO_JAVA_OPTIONS", "-Xmx2g -Dx=y"), List.of(link.toString(), "import", "--url", "a b", ""));
        assertThat(run.exit()).isZero();
        assertThat(run.out().lines().toList())
                .contains("-Dmilvuso.home=" + home.toRealPath(), "-Xmx2g", "-Dx=y", "-Dmilvuso.terminal=false")
                .endsWith("dev.milvuso.standalone.command.Milvuso", "import", "--url", "a b", "");
        assertThat(run.out().indexOf("-Xmx2g")).isGreaterThan(run.out().indexOf("-Xmx1g"));
    }

    @Test
    void oneCollectorAtMostIsNamed() throws Exception {
        built();
        String own = "-XX:+UseSerialGC";
        assertThat(run(Map.of(), "standalone").out().lines()).containsOnlyOnce(own);
        assertThat(run(Map.of("MILVUSO_JAVA_OPTIONS", "-Xmx2g -XX:+UseG1GC"), "standalone")
                        .out()
                        .lines())
                .contains("-XX:+UseG1GC")
                .doesNotContain(own);
        assertThat(run(Map.of(), "server").out().lines()).doesNotContain(own);
    }

    @Test
    void benchmarksAreOnTheClassPathOfBenchAlone() throws Exception {
        built();
        Files.createDirectory(home.resolve("benchmarks"));
        String theirs = home.toRealPath().resolve("benchmarks/target/milvuso-benchmarks/lib/*") + ":";
        assertThat(run(Map.of(), "bench", "joiner").out().lines()).anyMatch(line -> line.startsWith(theirs));
        assertThat(run(Map.of(), "doctor").out()).doesNotContain(theirs);
    }

    @Test
    void withoutTheBenchmarksBenchSaysSoInOneLine() throws Exception {
        built();
        Ended run = run(Map.of(), "bench", "joiner");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains("there are no benchmarks in ");
    }

    @Test
    void theVectorModuleOfWhichJavaWarnsIsAskedForWhereSumsAreDone() throws Exception {
        built();
        script(
                jdk.resolve("bin/java"),
                "case \"$*\" in *-version) echo 'openjdk version \"17.0.15\"' >&2; exit ;; esac",
                "printf '%s\\n' \"$@\"");
        String module = "jdk.incubator.vector";
        assertThat(run(Map.of(), "vectors", "list").out().lines()).doesNotContain(module);
        assertThat(run(Map.of(), "vectors", "list", "--data-dir", "d").out().lines())
                .contains(module);
        assertThat(run(Map.of(), "standalone").out().lines()).contains(module);
    }

    @Test
    void anOldJavaIsNamedInOneLine() throws Exception {
        built();
        java("1.8.0_392");
        Ended run = run(Map.of());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("milvuso: " + jdk.resolve("bin/java")
                        + " is version 1: a JDK 17 or newer is needed, set JAVA_HOME to its folder\n");
    }

    @Test
    void aJavaHomeWithoutJavaIsNamedInOneLine() throws Exception {
        Ended run = run(Map.of("JAVA_HOME", "/nowhere"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains("JAVA_HOME is /nowhere");
    }

    @Test
    void itBuildsOnceWhenASourceIsNewer() throws Exception {
        sources();
        Path maven = directory.resolve("bin/mvn");
        script(maven, "echo built >>" + directory.resolve("builds"), "mkdir -p standalone/target/milvuso", "sleep 0.2");
        built();
        Map<String, String> path = Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH"));
        assertThat(run(path, "doctor").exit()).isZero();
        assertThat(run(path, "doctor").exit()).isZero();
        assertThat(Files.readAllLines(directory.resolve("builds"))).hasSize(1);
        Files.setLastModifiedTime(
                Files.writeString(home.resolve("common/src/main/New.java"), ""),
                FileTime.fromMillis(Files.getLastModifiedTime(home.resolve("standalone/target/milvuso/built"))
                                .toMillis()
                        + 2000));
        assertThat(run(path, "doctor").exit()).isZero();
        assertThat(Files.readAllLines(directory.resolve("builds"))).hasSize(2);
        assertThat(home.resolve(".milvuso-building")).doesNotExist();
    }

    @Test
    void aFailedBuildEndsWithOneAndIsTriedAgain() throws Exception {
        sources();
        Path maven = directory.resolve("bin/mvn");
        script(maven, "exit 1");
        Map<String, String> path = Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH"));
        Ended run = run(path, "doctor");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).endsWith("milvuso: the build failed, see above\n");
        assertThat(home.resolve(".milvuso-building")).doesNotExist();
        assertThat(run(path, "doctor").exit()).isEqualTo(1);
    }

    @Test
    void aBuildThatWasKilledDoesNotBlockTheNext() throws Exception {
        sources();
        built();
        Path maven = directory.resolve("bin/mvn");
        script(maven, "exit 0");
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.writeString(home.resolve(".milvuso-building"), ended.pid() + "\n");
        Map<String, String> path = Map.of("PATH", maven.getParent() + ":" + System.getenv("PATH"));
        assertThat(run(path, "doctor").exit()).isZero();
    }

    @Test
    void withoutABuildAndWithoutSourcesItSaysSo() throws Exception {
        Ended run = run(Map.of(), "doctor");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains("build with mvn -DskipTests package");
    }
}
