package dev.milvuso.vector;

import java.util.Locale;
import java.util.Set;

/** What collections, fields, partitions and aliases may be called. */
public final class Names {
    private static final String PATTERN = "[A-Za-z_][A-Za-z0-9_]{0,254}";

    /** Words of the filter language, in any case: a field of this name could not be written in a filter. */
    private static final Set<String> WORDS = Set.of(
            "and",
            "or",
            "not",
            "in",
            "like",
            "exists",
            "is",
            "null",
            "true",
            "false",
            "array_contains",
            "array_contains_all",
            "array_contains_any",
            "array_length",
            "json_contains",
            "json_contains_all",
            "json_contains_any");

    private Names() {}

    /**
     * @param what such as {@code collection}
     * @throws IllegalArgumentException naming the name and what would be right
     */
    public static String checked(String what, String name) {
        if (!isPlain(name)) {
            throw new IllegalArgumentException(
                    what + " name '" + name + "' must be 1 to 255 letters, digits and _, not starting with a digit");
        }
        return name;
    }

    /** @throws IllegalArgumentException also if it is a word of the filter language */
    public static String checkedField(String name) {
        if (isWord(name)) {
            throw new IllegalArgumentException("field name '" + name + "' is a word of the filter language");
        }
        return checked("field", name);
    }

    public static boolean isPlain(String name) {
        return name.matches(PATTERN);
    }

    public static boolean isWord(String name) {
        return WORDS.contains(name.toLowerCase(Locale.ROOT));
    }
}
