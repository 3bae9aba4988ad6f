package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.server.quality.offpolicy.LogFile;
import dev.milvuso.server.quality.offpolicy.OffPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * What {@code evaluate --protocol off-policy} needs. The log says with which propensity each choice was made; with
 * which probability the target policy would have made it, no log says: whoever asks has computed it, line by line.
 */
final class OffPolicyOptions {
    @Option(
            names = "--log",
            arity = "1..*",
            paramLabel = "FILE",
            description = {
                "for off-policy: logged choices, one JSON object a line: reward, propensity (with which it was made) and",
                "target (with which the policy in question would have made it: compute it with that policy), and",
                "optionally predicted and predicted_target (what a model expects of the choice, and of that policy) and",
                "group (choices that are not independent of each other, such as those of a user)"
            })
    private List<Path> logs = new ArrayList<>();

    @Option(
            names = "--clip",
            paramLabel = "W",
            defaultValue = "Infinity",
            description = "for off-policy: bound of the weights target / propensity; default: none")
    private double clip = Double.POSITIVE_INFINITY;

    @Option(
            names = "--confidence",
            paramLabel = "SHARE",
            defaultValue = "0.95",
            description = "for off-policy: of the intervals; default: ${DEFAULT-VALUE}")
    private double confidence = 0.95;

    /** @throws ConfigException naming what is wrong with the options or the log */
    OffPolicy.Result run() {
        if (logs.isEmpty()) {
            throw new ConfigException("--log is missing: off-policy needs it");
        }
        if (!(clip > 0)) {
            throw new ConfigException("--clip is " + clip + ": must be above 0");
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new ConfigException("--confidence is " + confidence + ": must be above 0.5 and below 1");
        }
        OffPolicy estimator = new OffPolicy(clip);
        for (Path log : logs) {
            read(log, estimator);
        }
        try {
            return estimator.result(confidence);
        } catch (IllegalStateException e) {
            throw new ConfigException("--log: " + e.getMessage());
        }
    }

    private static void read(Path log, OffPolicy estimator) {
        try {
            new LogFile().read(log, estimator::add);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ConfigException("--log " + log + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    Map<String, Object> document(OffPolicy.Result result) {
        return Result.of(
                "protocol", "off-policy",
                "samples", result.samples(),
                "groups", result.groups(),
                "effective_samples", result.effectiveSamples(),
                "mean_weight", result.meanWeight(),
                "largest_weight", result.largestWeight(),
                "clipped", result.clipped(),
                "confidence", confidence,
                "ips", estimate(result.ips()),
                "snips", estimate(result.snips()),
                "dr", estimate(result.dr()));
    }

    private static Map<String, Object> estimate(OffPolicy.Estimate estimate) {
        return Result.of("value", estimate.value(), "low", estimate.low(), "high", estimate.high());
    }

    static String text(OffPolicy.Result result) {
        return String.format(
                Locale.ROOT,
                "%,d choices worth %,.0f of the target policy's own (mean weight %.3f, %,d clipped)%n"
                        + "IPS    %s%nSNIPS  %s%nDR     %s",
                result.samples(),
                result.effectiveSamples(),
                result.meanWeight(),
                result.clipped(),
                text(result.ips()),
                text(result.snips()),
                text(result.dr()));
    }

    private static String text(OffPolicy.Estimate estimate) {
        return String.format(Locale.ROOT, "%.5f, from %.5f to %.5f", estimate.value(), estimate.low(), estimate.high());
    }
}
