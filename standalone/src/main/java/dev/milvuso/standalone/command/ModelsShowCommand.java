package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.postgres.Database;
import dev.milvuso.trainer.registry.HourOfModel;
import dev.milvuso.trainer.registry.RegisteredModel;
import dev.milvuso.trainer.registry.postgres.HourTable;
import dev.milvuso.trainer.registry.postgres.ModelTable;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One version: where it came from and how it does. */
@Command(
        name = "show",
        description = "One version: its data, configuration and metrics, and how it does online by hour.")
final class ModelsShowCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "VERSION", description = "as `models list` names it")
    private String version = "";

    @Override
    public Integer call() {
        try (Database database = new Database(options.load().postgres(), "models")) {
            database.migrate();
            RegisteredModel model = known(database, version);
            List<HourOfModel> hours = new HourTable(database).of(version);
            PrintWriter out = spec.commandLine().getOut();
            if (options.json()) {
                out.println(Result.json(Result.of("model", model, "hours", hours)));
                return 0;
            }
            out.printf("%s, %s, seed %d%n", model.version(), Instant.ofEpochMilli(model.createdAt()), model.seed());
            out.printf("data           %s%ncut            %s%n", model.data(), model.cut());
            out.printf("configuration  %s%nmetrics        %s%n", model.configuration(), model.metrics());
            out.printf("artefact       %s%n", model.artefact());
            hours.forEach(hour -> out.printf(
                    "%s  loss %.4f of %d, NDCG@10 %.4f of %d%n",
                    Instant.ofEpochMilli(hour.hour()), hour.loss(), hour.examples(), hour.ndcg(), hour.positives()));
        }
        return 0;
    }

    /** @throws ConfigException if there is no such version */
    static RegisteredModel known(Database database, String version) {
        return new ModelTable(database)
                .find(version)
                .orElseThrow(() -> new ConfigException(
                        "there is no model version " + version + ": `milvuso models list` names those there are"));
    }
}
