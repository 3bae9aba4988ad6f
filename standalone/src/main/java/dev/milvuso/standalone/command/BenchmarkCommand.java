package dev.milvuso.standalone.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.MachineState;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Runs one benchmark and says on what machine its figures were taken. */
@Command(mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    private final Benchmark benchmark;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private BenchmarkCommand(Benchmark benchmark) {
        this.benchmark = benchmark;
    }

    /** The command line of a benchmark, with an option for each of its parameters. */
    static CommandLine of(Benchmark benchmark) {
        CommandLine line = new CommandLine(new BenchmarkCommand(benchmark));
        line.getCommandSpec().usageMessage().description(benchmark.description());
        for (Parameter each : benchmark.parameters()) {
            String shown = each.otherwise().isEmpty() ? "" : "; default: " + each.otherwise();
            line.getCommandSpec()
                    .addOption(OptionSpec.builder("--" + each.name())
                            .paramLabel(each.label())
                            .type(String.class)
                            .defaultValue(each.otherwise())
                            .description(each.description() + shown)
                            .build());
        }
        return line;
    }

    @Override
    public Integer call() throws Exception {
        Map<String, String> values = values();
        options.load();
        MachineState machine = new MachineState();
        PrintWriter progress = spec.commandLine().getErr();
        Session session = new Session(values, options.arguments(), options::load, progress);
        Thread hook = new Thread(session::close, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (session) {
            List<ObjectNode> rows = measured(session);
            print(machine.now(), rows);
            return benchmark.passes(rows) ? 0 : FAILED;
        }
    }

    private List<ObjectNode> measured(Session session) throws Exception {
        try {
            return benchmark.measure(session);
        } catch (Exception e) {
            if (session.isClosed()) {
                // Told to stop: what fails now says nothing, and the process ends as soon as all is cleaned up.
                new CountDownLatch(1).await();
            }
            throw e;
        }
    }

    private Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        for (Parameter each : benchmark.parameters()) {
            String value = spec.findOption("--" + each.name()).getValue();
            each.check(value);
            values.put(each.name(), value);
        }
        return values;
    }

    private void print(Map<String, Object> machine, List<ObjectNode> rows) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(Result.json(Result.of("machine", machine, "results", rows)));
        } else {
            machine.forEach((name, value) -> out.printf("%s %s%n", name, value));
            out.println();
            RowTable.lines(rows).forEach(out::println);
        }
    }
}
