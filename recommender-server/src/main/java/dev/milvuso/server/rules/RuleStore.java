package dev.milvuso.server.rules;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The rules' record. Every call may throw {@link dev.milvuso.component.Unavailable}. */
public interface RuleStore {
    /** What came of a change. */
    enum Outcome {
        CREATED,
        REPLACED,
        /** There is one of that name, or it is not of the version that was expected. */
        CONFLICT,
        /** There are as many as there may be. */
        TOO_MANY
    }

    /** @param rule as it is now; of a conflict the one that stands in the way, if there is one */
    record Written(Outcome outcome, Optional<Rule> rule) {}

    /** The rules and a value that is another after each change. */
    record All(List<Rule> rules, String mark) {}

    /** Puts a rule where there is none of its name. */
    Written create(Rule rule);

    /**
     * Puts or replaces a rule.
     *
     * @param expected the version to be replaced; empty: any
     */
    Written put(Rule rule, OptionalLong expected);

    /** @return whether it was there */
    boolean delete(String name);

    /** @return empty if nothing has changed since that mark */
    Optional<All> readUnless(String mark);
}
