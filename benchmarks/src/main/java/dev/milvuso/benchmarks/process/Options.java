package dev.milvuso.benchmarks.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Command line of the form {@code --name value}. */
public final class Options {
    private final Map<String, String> values = new HashMap<>();

    /** @throws IllegalArgumentException if an option is unknown or has no value */
    public Options(String[] arguments, String... known) {
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!List.of(known).contains(name) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        arguments[i] + ": must be one of --" + String.join(", --", known) + ", each with a value");
            }
            values.put(name, arguments[i + 1]);
        }
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public int number(String name, int otherwise) {
        return Integer.parseInt(text(name, String.valueOf(otherwise)));
    }

    /** @throws IllegalArgumentException if it was not given */
    public String required(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }
}
