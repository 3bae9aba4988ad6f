package dev.milvuso.server.experiment;

import java.util.regex.Pattern;

/** The names of experiments, variants and layers: they are labels of metrics and parts of addresses. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private Names() {}

    /** @throws IllegalArgumentException naming the field */
    static String check(String field, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    field + " must be 1 to 64 letters, digits, - and _, beginning with a letter or a digit");
        }
        return name;
    }
}
