package dev.milvuso.standalone.command;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigException;
import dev.milvuso.standalone.doctor.Environment;
import dev.milvuso.standalone.doctor.Finding;
import dev.milvuso.standalone.doctor.Machine;
import dev.milvuso.standalone.doctor.Services;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is there, what is not, and what to do about it; exits 1 when something essential is missing. */
@Command(
        name = "doctor",
        description = {
            "Checks machine, configuration, ports and services, and says what to do about what is missing.",
            "Exits with 1 if something is missing that is needed, with 2 if the configuration cannot be used."
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int WRONG_CONFIGURATION = 2;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "where standalone would keep its data; default: ${DEFAULT-VALUE}")
    private Path directory = Path.of("data");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>(Machine.look(directory));
        boolean usable = true;
        try {
            Config config = options.load();
            findings.add(new Finding("configuration", true, true, "can be used"));
            findings.addAll(Environment.look(System.getenv().keySet()));
            findings.addAll(Services.look(config));
        } catch (ConfigException e) {
            usable = false;
            findings.add(new Finding("configuration", false, true, String.valueOf(e.getMessage())));
        }
        boolean healthy = findings.stream().allMatch(finding -> finding.good() || !finding.essential());
        print(healthy, findings);
        return healthy ? 0 : usable ? FAILED : WRONG_CONFIGURATION;
    }

    private void print(boolean healthy, List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(Result.json(Result.of("healthy", healthy, "findings", findings)));
            return;
        }
        findings.forEach(finding -> out.printf(
                "%-4s %-16s %s%n",
                finding.good() ? "ok" : finding.essential() ? "NO" : "-", finding.name(), finding.text()));
    }
}
