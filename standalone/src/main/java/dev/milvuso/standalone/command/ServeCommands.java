package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.registry.Activated;
import dev.milvuso.trainer.registry.postgres.ActivationTable;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Three reasons to serve another version: all ask the trainer that runs, and wait until it has done so. */
abstract class ServeCommands implements Callable<Integer> {
    private static final int LOOK_MILLIS = 200;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--wait",
            defaultValue = "600",
            paramLabel = "SECONDS",
            description = "how long to wait for the trainer; 0 does not wait; default: ${DEFAULT-VALUE}")
    private int wait;

    abstract String reason();

    abstract String version(ActivationTable activations);

    /** Serves a version that was trained. */
    @Command(
            name = "publish",
            description = {
                "Serves a version, once it has learned what has happened since its cut.",
                "If it does worse than the one before, it is rolled back by itself ([registry] says when)."
            })
    static final class Publish extends ServeCommands {
        @Parameters(paramLabel = "VERSION", description = "as `models list` names it")
        private String version = "";

        @Override
        String reason() {
            return "publish";
        }

        @Override
        String version(ActivationTable activations) {
            return version;
        }
    }

    /** Serves an earlier version again. */
    @Command(name = "rollback", description = "Serves the version before the one served, or another one again.")
    static final class Rollback extends ServeCommands {
        @Parameters(arity = "0..1", paramLabel = "VERSION", description = "default: the one before")
        private @Nullable String version;

        @Override
        String reason() {
            return "rollback";
        }

        @Override
        String version(ActivationTable activations) {
            String named = version;
            return named != null
                    ? named
                    : activations
                            .served()
                            .map(Activated::predecessor)
                            .filter(before -> !before.isEmpty())
                            .orElseThrow(() -> new ConfigException(
                                    "no version was served before this one: name one of `milvuso models list`"));
        }
    }

    /** Serves a version and keeps it. */
    @Command(
            name = "pin",
            description =
                    "Serves a version and keeps it, however it does, until an operator publishes another or rolls back.")
    static final class Pin extends ServeCommands {
        @Parameters(paramLabel = "VERSION", description = "as `models list` names it")
        private String version = "";

        @Override
        String reason() {
            return "pin";
        }

        @Override
        String version(ActivationTable activations) {
            return version;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Input.range("--wait", wait, 0, 86_400);
        try (Database database = new Database(options.load().postgres(), "models")) {
            database.migrate();
            ActivationTable activations = new ActivationTable(database);
            String version =
                    ModelsShowCommand.known(database, version(activations)).version();
            long id = activations.ask(version, reason());
            return say(version, await(activations, id));
        }
    }

    private Activated await(ActivationTable activations, long id) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(wait);
        while (true) {
            Activated asked = activations
                    .find(id)
                    .orElseThrow(() -> new IllegalStateException("the registry has lost what was asked of it"));
            if (!asked.state().equals("asked") || System.nanoTime() >= until) {
                return asked;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private int say(String version, Activated ended) {
        if (options.json()) {
            spec.commandLine().getOut().println(Result.json(ended));
        }
        return switch (ended.state()) {
            case "done" -> said(version + " is served" + (ended.isPinned() ? " and pinned" : ""), 0);
            case "refused" -> throw new IllegalStateException(version + " is not served: " + ended.message());
            default ->
                said(version + " is asked for; no trainer has served it within " + wait + " s", wait == 0 ? 0 : 1);
        };
    }

    private int said(String sentence, int exit) {
        (options.json() ? spec.commandLine().getErr() : spec.commandLine().getOut()).println(sentence);
        return exit;
    }
}
