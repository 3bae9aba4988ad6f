package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.JsonInput;
import dev.milvuso.vector.migration.Migration;
import dev.milvuso.vector.migration.MigrationJson;
import dev.milvuso.vector.migration.Migrations;
import dev.milvuso.vector.migration.Writers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A collection's way from one numbered version to the next, and back. */
@Command(
        name = "migrate",
        description = {
            "Versions of a collection behind an alias: films stands for films_v1, then films_v2, and so on.",
            "What is written through the alias while it is switched is lost: let nobody write for the last moment."
        },
        subcommands = {MigrateCommands.Status.class, MigrateCommands.Up.class, MigrateCommands.Back.class})
final class MigrateCommands {
    /** Those of one alias. */
    abstract static class OfAlias extends VectorsAction {
        @Parameters(index = "0", paramLabel = "ALIAS", description = "what callers use")
        private String alias = "";

        String alias() {
            return alias;
        }

        /** @param settle how long a write may take until reads see it, on Milvus with bounded consistency */
        Migrations migrations(VectorStore store, List<Migration> steps, Duration settle) {
            return new Migrations(store, alias, steps, Clock.systemUTC(), settle);
        }

        void show(Migrations migrations) {
            MigrationJson.Status status = new MigrationJson.Status(
                    alias, migrations.current(), migrations.versions(), Optional.empty(), Optional.empty());
            print(
                    out -> MigrationJson.write(out, status),
                    List.of(status.current()
                            .map(version -> alias + " stands for version " + version + " of "
                                    + status.versions().stream()
                                            .map(String::valueOf)
                                            .toList())
                            .orElse(alias + " stands for no version yet")));
        }
    }

    @Command(name = "status", description = "The version that an alias stands for, and those that are there.")
    static final class Status extends OfAlias {
        @Override
        void run(VectorStore store) {
            show(migrations(store, List.of(), Duration.ZERO));
        }
    }

    @Command(
            name = "up",
            description = {
                "To a newer version: makes its collection, copies the rows, verifies them and switches the alias.",
                "A run that was stopped goes on. The version before stays, for `back`."
            })
    static final class Up extends OfAlias {
        @Parameters(
                index = "1",
                paramLabel = "FILE",
                description = {
                    "{\"version\": 2, \"schema\": {…}, \"values\": {\"new field\": 0}, \"renamed\": {\"new\": \"old\"}}:",
                    "other fields that the schema does not have are left out, unless it is dynamic; values and renamed may be"
                })
        private Path file = Path.of("");

        @Option(
                names = "--adopt",
                description = "a collection that callers use by its own name becomes version 1 first")
        private boolean adopt;

        @Option(
                names = "--settle",
                defaultValue = "5",
                paramLabel = "SECONDS",
                description = "how long a write may take until reads see it; default: ${DEFAULT-VALUE}")
        private int settle;

        /** What the file says. */
        private record Step(Migration migration, boolean adopts) {
            static Step of(JsonInput input) {
                return new Step(MigrationJson.read(input), MigrationJson.adopts(input));
            }
        }

        @Override
        void run(VectorStore store) throws Exception {
            if (settle < 0) {
                throw new ConfigException("--settle is " + settle + ": must be 0 or more seconds");
            }
            Step step = read(file, Step::of);
            Migrations migrations = migrations(store, List.of(step.migration()), Duration.ofSeconds(settle));
            if ((adopt || step.adopts()) && store.list().contains(alias())) {
                migrations.adopt();
            }
            AtomicReference<ProgressLine.State> state = new AtomicReference<>(new ProgressLine.State(0, "begun"));
            int unused = ProgressLine.during(
                    err(),
                    state::get,
                    () -> migrations.run(
                            Writers.none(),
                            (version, what, rows, all) -> state.set(new ProgressLine.State(
                                    (double) rows / Math.max(1, all),
                                    String.format(
                                            Locale.ROOT,
                                            "version %d: %s, %,d of %,d rows",
                                            version,
                                            what.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                            rows,
                                            all)))));
            show(migrations);
        }
    }

    @Command(
            name = "back",
            description =
                    "To the version before, as it was when it was left; what was written since is in the newer one.")
    static final class Back extends OfAlias {
        @Override
        void run(VectorStore store) {
            Migrations migrations = migrations(store, List.of(), Duration.ZERO);
            int unused = migrations.rollback();
            show(migrations);
        }
    }
}
