package dev.milvuso.standalone.command;

import dev.milvuso.trainer.batch.ModelDirectory;
import dev.milvuso.trainer.batch.Recommendations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A user's list straight from a model directory. */
@Command(
        name = "recommend",
        description = "Lists what a trained model recommends to a user, who has not chosen any of it before.")
public final class RecommendCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "what train has written")
    private Path model = Path.of("model");

    @Option(
            names = "--user",
            required = true,
            paramLabel = "U",
            description = "id of the user; one whom the model does not know gets the popular items")
    private String user = "";

    @Option(
            names = "--num",
            paramLabel = "N",
            defaultValue = "10",
            description = "length of the list; default: ${DEFAULT-VALUE}")
    private int num;

    @Override
    public Integer call() {
        options.load();
        Input.range("--num", num, 1, 100_000);
        Recommendations list = new ModelDirectory(model).read().recommend(user, num);
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(Result.json(list));
            return 0;
        }
        out.printf("%s for %s%n", list.source(), list.userId());
        list.recommendations()
                .forEach(entry -> out.printf("%4d  %-24s %.4f%n", entry.rank(), entry.itemId(), entry.score()));
        return 0;
    }
}
