package dev.milvuso.standalone.command;

import dev.milvuso.standalone.bench.Benchmark;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the benchmarks; each is a command below this one. */
@Command(
        name = "bench",
        description = "Measures this build on this machine: speed, quality, freshness, beside peers.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** With the benchmarks on the class path, by name; the launcher puts them there. */
    static CommandLine withBenchmarks() {
        CommandLine bench = new CommandLine(new BenchCommand());
        found().forEach(each -> bench.addSubcommand(each.name(), BenchmarkCommand.of(each)));
        return bench;
    }

    private static List<Benchmark> found() {
        return ServiceLoader.load(Benchmark.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Benchmark::name))
                .toList();
    }

    @Override
    public Integer call() {
        List<Benchmark> found = found();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "there are no benchmarks on the class path: call ./milvuso bench where the sources are");
        }
        if (options.json()) {
            spec.commandLine()
                    .getOut()
                    .println(Result.json(Result.of(
                            "benchmarks",
                            found.stream()
                                    .map(each -> Result.of("name", each.name(), "description", each.description()))
                                    .toList())));
        } else {
            found.forEach(each -> spec.commandLine().getOut().printf("%-14s %s%n", each.name(), each.description()));
        }
        return 0;
    }
}
