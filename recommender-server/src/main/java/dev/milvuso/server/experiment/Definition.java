package dev.milvuso.server.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an experiment is, as its owner has written it.
 *
 * @param interleaved false: each user sees one variant. true: all users see lists to which two variants contribute in
 *     turn ({@link TeamDraft})
 * @param layer experiments of one layer never share a user; those of different layers are independent of each other
 * @param salt from which follows who sees what, see {@link Fraction}
 * @param share of the layer's users, above 0 and up to 1
 * @param variants the first is the control, with which the others are compared
 * @param outcome that decides
 * @param effect the difference of that outcome, absolute, which is worth finding; the test is quickest for such
 * @param alpha probability of finding a difference where there is none, over the whole time and all variants
 */
public record Definition(
        String name,
        String description,
        boolean interleaved,
        String layer,
        String salt,
        double share,
        List<Variant> variants,
        Outcome outcome,
        double effect,
        double alpha,
        List<Guardrail> guardrails) {
    private static final int MOST_VARIANTS = 10;

    /** @throws IllegalArgumentException naming what is wrong */
    public Definition {
        Names.check("name", name);
        Names.check("layer", layer);
        variants = List.copyOf(variants);
        guardrails = List.copyOf(guardrails);
        if (variants.size() < 2 || variants.size() > MOST_VARIANTS || (interleaved && variants.size() != 2)) {
            throw new IllegalArgumentException(
                    "variants must be " + (interleaved ? "2 where they are interleaved" : "2 to 10"));
        }
        Set<String> names = new HashSet<>();
        for (Variant each : variants) {
            if (!names.add(each.name())) {
                throw new IllegalArgumentException("variants has two of the name " + each.name());
            }
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and up to 1");
        }
        if (!(effect > 0 && effect <= 1000)) {
            throw new IllegalArgumentException("effect must be above 0 and up to 1000");
        }
        if (!(alpha > 0 && alpha <= 0.5)) {
            throw new IllegalArgumentException("alpha must be above 0 and up to 0.5");
        }
    }

    public Variant control() {
        return variants.get(0);
    }

    public Optional<Variant> variant(String variant) {
        return variants.stream().filter(each -> each.name().equals(variant)).findFirst();
    }

    /** The variant that a user of the experiment sees. */
    Variant of(String user) {
        double sum = variants.stream().mapToDouble(Variant::weight).sum();
        double left = Fraction.of(salt, user) * sum;
        for (Variant each : variants) {
            left -= each.weight();
            if (left < 0) {
                return each;
            }
        }
        return variants.get(variants.size() - 1);
    }
}
