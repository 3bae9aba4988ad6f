package dev.milvuso.server.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Rules in memory. */
public final class MemoryRules implements RuleStore {
    private final Map<String, Rule> rules = new TreeMap<>();
    private long changes = 1;

    @Override
    public synchronized Written create(Rule rule) {
        Rule there = rules.get(rule.name());
        return there == null ? put(rule, 1, Outcome.CREATED) : new Written(Outcome.CONFLICT, Optional.of(there));
    }

    @Override
    public synchronized Written put(Rule rule, OptionalLong expected) {
        Rule there = rules.get(rule.name());
        long version = there == null ? 0 : there.version();
        if (expected.isPresent() && expected.getAsLong() != version) {
            return new Written(Outcome.CONFLICT, Optional.ofNullable(there));
        }
        return put(rule, version + 1, there == null ? Outcome.CREATED : Outcome.REPLACED);
    }

    private Written put(Rule rule, long version, Outcome outcome) {
        changes++;
        rules.put(rule.name(), rule.of(version));
        return new Written(outcome, Optional.of(rule.of(version)));
    }

    @Override
    public synchronized boolean delete(String name) {
        changes++;
        return rules.remove(name) != null;
    }

    @Override
    public synchronized Optional<All> readUnless(String mark) {
        String now = String.valueOf(changes);
        return now.equals(mark) ? Optional.empty() : Optional.of(new All(List.copyOf(rules.values()), now));
    }
}
