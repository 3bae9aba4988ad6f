package dev.milvuso.server.rules;

import java.time.Instant;
import java.util.Optional;

/**
 * A business rule.
 *
 * @param name 1 to 128 letters, digits, dots, hyphens and underscores
 * @param priority of two rules for one place the one with the larger counts; equal ones go by name
 * @param from it counts from then on, and
 * @param until up to then
 * @param version 1, and one more at each change
 */
public record Rule(
        String name,
        When when,
        Then then,
        int priority,
        boolean enabled,
        Optional<Instant> from,
        Optional<Instant> until,
        long version) {
    /** How many there may be. */
    public static final int MOST = 1000;

    private static final String NAME = "[A-Za-z0-9._-]{1,128}";

    public Rule {
        checkedName(name);
    }

    /** @throws IllegalArgumentException if it is none */
    public static String checkedName(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("must be 1 to 128 letters, digits, dots, hyphens and underscores");
        }
        return name;
    }

    /** The same as another version. */
    public Rule of(long number) {
        return new Rule(name, when, then, priority, enabled, from, until, number);
    }

    boolean isActive(Instant at) {
        return enabled
                && from.map(time -> !at.isBefore(time)).orElse(true)
                && until.map(at::isBefore).orElse(true);
    }
}
