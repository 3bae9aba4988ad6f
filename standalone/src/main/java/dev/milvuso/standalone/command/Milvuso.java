package dev.milvuso.standalone.command;

import dev.milvuso.component.Version;
import dev.milvuso.config.ConfigException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
        versionProvider = Milvuso.ProjectVersion.class,
        subcommands = {
            StandaloneCommand.class,
            DemoCommand.class,
            ServerCommand.class,
            TrainerCommand.class,
            WorkerCommand.class,
            JoinerCommand.class,
            ImportCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            ExposuresCommand.class,
            ReplayCommand.class,
            TuneCommand.class,
            ModelsCommand.class,
            RecommendCommand.class,
            RecommendAllCommand.class,
            VectorsCommand.class,
            DoctorCommand.class
        })
public final class Milvuso {
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;

    private Milvuso() {}

    public static void main(String[] arguments) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    /** @return the exit code */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Milvuso())
                .addSubcommand("bench", BenchCommand.withBenchmarks())
                .setOut(out)
                .setErr(err);
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
        String message = firstLine(e.getMessage(), e)
                .replaceFirst("' is not an? (int|long)$", "' must be a whole number")
                .replaceFirst("' is not a (float|double)$", "' must be a number");
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            message = unknown(unmatched);
        } else if (message.equals("Missing required subcommand")) {
            message = "a command is missing: must be one of " + commands(e.getCommandLine());
        }
        e.getCommandLine().getErr().println("milvuso: " + message);
        return WRONG_INPUT;
    }

    private static String unknown(CommandLine.UnmatchedArgumentException e) {
        String argument = e.getUnmatched().get(0);
        CommandLine command = e.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        if (argument.startsWith("-")) {
            return "unknown option " + argument + ": `" + help + "` lists those there are";
        }
        return command.getSubcommands().isEmpty()
                ? "unexpected argument " + argument + ": `" + help + "` shows what is taken"
                : "unknown command " + argument + ": must be one of " + commands(command);
    }

    private static String commands(CommandLine command) {
        return String.join(", ", command.getSubcommands().keySet());
    }

    private static String firstLine(@Nullable String message, Exception e) {
        String text = message == null ? e.getClass().getSimpleName() : message;
        return text.lines().findFirst().orElse("unknown fault");
    }

    /** Of the project, as in {@code GET /health}. */
    static final class ProjectVersion implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"milvuso " + Version.current()};
        }
    }
}
