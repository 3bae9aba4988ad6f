package dev.milvuso.config;

import java.time.Duration;
import java.util.Arrays;

/** The checks of configuration records: each names the key, the value and what would be right. */
final class Check {
    private Check() {}

    static void range(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ConfigException(key + " is " + value + ": must be " + least + " to " + most);
        }
    }

    static void range(String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new ConfigException(key + " is " + value + ": must be " + plain(least) + " to " + plain(most));
        }
    }

    static void above(String key, double value, double bound, double most) {
        if (!(value > bound && value <= most)) {
            throw new ConfigException(
                    key + " is " + value + ": must be above " + plain(bound) + " and up to " + plain(most));
        }
    }

    static void range(String key, Duration value, String least, String most) {
        if (value.compareTo(Durations.parse(least)) < 0 || value.compareTo(Durations.parse(most)) > 0) {
            throw new ConfigException(
                    key + " is \"" + Durations.format(value) + "\": must be \"" + least + "\" to \"" + most + "\"");
        }
    }

    static void oneOf(String key, String value, String... allowed) {
        if (!Arrays.asList(allowed).contains(value)) {
            throw new ConfigException(
                    key + " is \"" + value + "\": must be one of \"" + String.join("\", \"", allowed) + "\"");
        }
    }

    static void matches(String key, String value, String pattern, String meaning) {
        if (!value.matches(pattern)) {
            throw new ConfigException(key + " is \"" + value + "\": must be " + meaning);
        }
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }
}
