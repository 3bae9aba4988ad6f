package dev.milvuso.standalone;

import dev.milvuso.config.ConfigException;
import dev.milvuso.standalone.command.DemoCommand;
import dev.milvuso.standalone.command.DoctorCommand;
import dev.milvuso.standalone.command.EvaluateCommand;
import dev.milvuso.standalone.command.ImportCommand;
import dev.milvuso.standalone.command.JoinerCommand;
import dev.milvuso.standalone.command.RecommendCommand;
import dev.milvuso.standalone.command.StandaloneCommand;
import dev.milvuso.standalone.command.TrainCommand;
import dev.milvuso.standalone.command.WorkerCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The entry point behind {@code ./milvuso}. Exit codes: 0 done, 1 failed, 2 wrong usage, configuration or input. */
@Command(
        name = "milvuso",
        description = "Real-time recommendations: actions in, lists that have learned from them out.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        version = "0.1.0",
        subcommands = {
            StandaloneCommand.class,
            DemoCommand.class,
            WorkerCommand.class,
            JoinerCommand.class,
            ImportCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            RecommendCommand.class,
            DoctorCommand.class
        })
public final class Milvuso {
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;

    private Milvuso() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** @return the exit code */
    static int run(String... arguments) {
        CommandLine line = new CommandLine(new Milvuso());
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println("milvuso: " + firstLine(e.getMessage(), e));
            return e instanceof ConfigException || e instanceof IllegalArgumentException ? WRONG_INPUT : FAILED;
        });
        line.setParameterExceptionHandler((e, given) -> wrongUsage(e));
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return WRONG_INPUT;
        }
        return line.execute(arguments);
    }

    private static int wrongUsage(ParameterException e) {
        e.getCommandLine().getErr().println("milvuso: " + firstLine(e.getMessage(), e) + " (--help shows the usage)");
        return WRONG_INPUT;
    }

    private static String firstLine(@Nullable String message, Exception e) {
        String text = message == null ? e.getClass().getSimpleName() : message;
        return text.lines().findFirst().orElse("unknown fault");
    }
}
