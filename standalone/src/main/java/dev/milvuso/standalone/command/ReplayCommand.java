package dev.milvuso.standalone.command;

import dev.milvuso.trainer.replay.ReplayResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how good online learning is, event by event. */
@Command(
        name = "replay",
        description = {
            "Replays interactions in time order against the online trainer: each positive one is ranked among 99",
            "random items before it is learned (test-then-train), over all but the first tenth. Compared with a",
            "batch model that stays as it is, one trained anew every tenth, popularity, and folding users in.",
            "The section [online] of the configuration says how it learns, [training] how the batch models do."
        })
public final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private DataOptions format = new DataOptions();

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            arity = "1..*",
            required = true,
            paramLabel = "FILE",
            description = "interactions; every line must have a time")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        ReplayResult result =
                replay.run(options::load, files, format, spec.commandLine().getErr());
        spec.commandLine().getOut().println(options.json() ? Result.json(result) : ReplayOptions.text(result));
        return 0;
    }
}
