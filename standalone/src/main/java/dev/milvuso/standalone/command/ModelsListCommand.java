package dev.milvuso.standalone.command;

import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.registry.Activated;
import dev.milvuso.trainer.registry.RegisteredModel;
import dev.milvuso.trainer.registry.postgres.ActivationTable;
import dev.milvuso.trainer.registry.postgres.ModelTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** All versions, the newest first. */
@Command(name = "list", description = "All versions, the newest first, and which one is served.")
final class ModelsListCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (Database database = new Database(options.load().postgres(), "models")) {
            database.migrate();
            Optional<Activated> served = new ActivationTable(database).served();
            List<RegisteredModel> models = new ModelTable(database).all();
            String serving = served.map(Activated::version).orElse("");
            if (options.json()) {
                spec.commandLine()
                        .getOut()
                        .println(Result.json(Result.of(
                                "served", serving,
                                "pinned", served.map(Activated::isPinned).orElse(false),
                                "models", models)));
            } else {
                models.forEach(model -> print(model, serving));
            }
        }
        return 0;
    }

    private void print(RegisteredModel model, String serving) {
        spec.commandLine()
                .getOut()
                .printf(
                        "%s %-40s %s  %s%n",
                        model.version().equals(serving) ? "*" : " ",
                        model.version(),
                        Instant.ofEpochMilli(model.createdAt()),
                        model.metrics());
    }
}
