package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Feature;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Milvus a server is, and what this adapter does with it.
 *
 * @param lite whether it is Milvus Lite, which counts its versions by itself
 */
record MilvusVersion(String text, boolean lite, int major, int minor) {
    private static final Pattern NUMBERS = Pattern.compile("(v|milvus_lite-)?([0-9]+)\\.([0-9]+).*");

    /** @param text such as {@code v2.3.5} or {@code milvus_lite-3.2.2}; what is not understood counts as the oldest */
    static MilvusVersion parse(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.matches()
                ? new MilvusVersion(
                        text,
                        "milvus_lite-".equals(numbers.group(1)),
                        Integer.parseInt(numbers.group(2)),
                        Integer.parseInt(numbers.group(3)))
                : new MilvusVersion(text, false, 0, 0);
    }

    Set<Feature> features() {
        Set<Feature> features = EnumSet.copyOf(Feature.OF_WHOLE_STORES);
        if (lite) {
            features.addAll(Set.of(
                    Feature.SPARSE_VECTORS,
                    Feature.SEVERAL_VECTORS,
                    Feature.GROUP_BY,
                    Feature.NULLABLE_FIELDS,
                    Feature.DEFAULT_VALUES));
            return features;
        }
        features.addAll(Set.of(
                Feature.BINARY_VECTORS,
                Feature.SHORT_ARRAY_TEXTS,
                Feature.JSON_ARRAY_LENGTH,
                Feature.MIXED_JSON,
                Feature.MANHATTAN,
                Feature.PARTITION_LOADING,
                Feature.RESOURCE_STATISTICS));
        if (isAtLeast(2, 4)) {
            features.addAll(Set.of(
                    Feature.SPARSE_VECTORS, Feature.SEVERAL_VECTORS, Feature.GROUP_BY, Feature.INVERTED_INDEXES));
        }
        if (isAtLeast(2, 5)) {
            features.addAll(Set.of(Feature.NULLABLE_FIELDS, Feature.DEFAULT_VALUES));
        }
        return features;
    }

    private boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }

    /**
     * Whether rows that are upserted are put where another field than the partition key says (<a
     * href="https://github.com/milvus-io/milvus/pull/30772">#30772</a>).
     */
    boolean misplacesUpserts() {
        return !lite && !isAtLeast(2, 4);
    }

    /** Whether a row whose key is the largest number is taken and never given back. */
    boolean losesLargestKey() {
        return !lite && !isAtLeast(2, 4);
    }

    /** Without what stands before the digits. */
    String number() {
        return text.replaceFirst("^(v|milvus_lite-)", "");
    }

    @Override
    public String toString() {
        return "Milvus " + text;
    }
}
