package dev.milvuso.server.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment has shown so far. All tests may be looked at any time ({@link SequentialTest},
 * {@link SampleRatio}); with several variants, each is compared with the control at alpha / (variants - 1), so that
 * alpha holds for all.
 *
 * @param sampleRatioP whether variants have as many users as they should
 * @param sampleRatioMismatch p below 0.001: do not trust the rest
 * @param variants the control first
 * @param preference of interleaved lists: the mean sign of (clicks on the control's picks - clicks on the other's), by
 *     user; null elsewhere
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Results(
        String outcome,
        double alpha,
        double sampleRatioP,
        boolean sampleRatioMismatch,
        List<OfVariant> variants,
        @Nullable Compared preference) {
    private static final double MISMATCH = 0.001;

    /**
     * @param users who were exposed
     * @param measured those of them whose outcome window is over
     * @param means by outcome
     * @param difference from the control, of the outcome that decides; null for the control itself
     * @param harmed labels of the guardrails that are surely broken
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfVariant(
            String name,
            long users,
            long measured,
            Map<String, Double> means,
            @Nullable Compared difference,
            List<String> harmed) {}

    /**
     * @param low of the confidence sequence; null for none
     * @param significant p is at most alpha, shared among the variants
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Compared(
            double estimate, @Nullable Double low, @Nullable Double high, double p, boolean significant) {
        static Compared of(SequentialTest test, double alpha) {
            return new Compared(
                    test.difference(), finite(test.low()), finite(test.high()), test.p(), test.p() <= alpha);
        }

        private static @Nullable Double finite(double value) {
            return Double.isFinite(value) ? (Double) value : null;
        }
    }

    public static Results of(Definition definition, List<VariantSample> samples) {
        Map<String, VariantSample> byName =
                samples.stream().collect(Collectors.toMap(VariantSample::variant, Function.identity()));
        if (definition.interleaved()) {
            return interleaved(definition, sample(byName, Experiments.INTERLEAVED));
        }
        VariantSample control = sample(byName, definition.control().name());
        double alpha = definition.alpha() / (definition.variants().size() - 1);
        List<OfVariant> variants = new ArrayList<>();
        for (Variant each : definition.variants()) {
            VariantSample other = sample(byName, each.name());
            boolean isControl = each.equals(definition.control());
            variants.add(new OfVariant(
                    each.name(),
                    other.users(),
                    other.of(definition.outcome()).count(),
                    means(other),
                    isControl
                            ? null
                            : Compared.of(
                                    SequentialTest.of(
                                            control.of(definition.outcome()),
                                            other.of(definition.outcome()),
                                            definition.effect(),
                                            alpha),
                                    alpha),
                    isControl ? List.of() : harmed(definition, control, other, alpha)));
        }
        double p = SampleRatio.p(
                variants.stream().map(OfVariant::users).toList(),
                definition.variants().stream().map(Variant::weight).toList());
        return new Results(definition.outcome().label(), definition.alpha(), p, p < MISMATCH, variants, null);
    }

    private static Results interleaved(Definition definition, VariantSample all) {
        SequentialTest test = SequentialTest.ofOne(all.preference(), definition.effect(), definition.alpha());
        OfVariant users =
                new OfVariant(all.variant(), all.users(), all.preference().count(), means(all), null, List.of());
        return new Results(
                "preference", definition.alpha(), 1, false, List.of(users), Compared.of(test, definition.alpha()));
    }

    private static VariantSample sample(Map<String, VariantSample> byName, String name) {
        VariantSample found = byName.get(name);
        return found == null ? VariantSample.empty(name) : found;
    }

    private static Map<String, Double> means(VariantSample sample) {
        Map<String, Double> means = new TreeMap<>();
        for (Outcome each : Outcome.values()) {
            if (sample.of(each).count() > 0) {
                means.put(each.label(), sample.of(each).mean());
            }
        }
        return means;
    }

    /** The guardrails whose bound lies outside of what the confidence sequence allows. */
    private static List<String> harmed(
            Definition definition, VariantSample control, VariantSample other, double alpha) {
        List<String> harmed = new ArrayList<>();
        for (Guardrail each : definition.guardrails()) {
            Moments before = control.of(each.outcome());
            double most = each.mostHarm() * Math.abs(before.mean());
            // The difference that would be worth finding is the bound itself.
            double tau = Math.max(most, Math.abs(before.mean()) / 100 + 1e-9);
            SequentialTest test = SequentialTest.of(before, other.of(each.outcome()), tau, alpha);
            boolean isBroken = each.outcome().moreIsBetter() ? test.high() < -most : test.low() > most;
            if (isBroken) {
                harmed.add(each.outcome().label());
            }
        }
        return harmed;
    }

    /** Why the experiment should be stopped: the guardrails that stop it and are surely broken. */
    List<String> stops(Definition definition) {
        List<String> reasons = new ArrayList<>();
        for (OfVariant variant : variants) {
            definition.guardrails().stream()
                    .filter(Guardrail::stops)
                    .map(each -> each.outcome().label())
                    .filter(variant.harmed()::contains)
                    .forEach(label -> reasons.add(label + " of " + variant.name()));
        }
        return reasons;
    }
}
