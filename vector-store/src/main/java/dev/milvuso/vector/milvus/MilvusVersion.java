package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Feature;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which Milvus a server is, and what this adapter does with it. */
record MilvusVersion(String text, int major, int minor) {
    private static final Pattern NUMBERS = Pattern.compile("v?([0-9]+)\\.([0-9]+).*");

    /** @param text such as {@code v2.3.5}; what is not understood counts as the oldest */
    static MilvusVersion parse(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.matches()
                ? new MilvusVersion(text, Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
                : new MilvusVersion(text, 0, 0);
    }

    Set<Feature> features() {
        Set<Feature> features = EnumSet.of(Feature.BINARY_VECTORS, Feature.RENAME, Feature.DATABASES);
        if (major > 2 || (major == 2 && minor >= 4)) {
            features.addAll(Set.of(
                    Feature.SPARSE_VECTORS, Feature.SEVERAL_VECTORS, Feature.GROUP_BY, Feature.INVERTED_INDEXES));
        }
        return features;
    }

    @Override
    public String toString() {
        return "Milvus " + text;
    }
}
