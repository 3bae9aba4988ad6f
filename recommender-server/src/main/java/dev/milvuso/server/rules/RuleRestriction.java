package dev.milvuso.server.rules;

import dev.milvuso.action.UserId;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Restriction;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Leaves out what rules block. */
public record RuleRestriction(Rules rules) implements Restriction {
    @Override
    public long revision() {
        return rules.generation();
    }

    @Override
    public String name() {
        return "rule";
    }

    @Override
    public @Nullable IntPredicate of(Optional<UserId> user, Query query) {
        if (rules.isEmpty()) {
            return null;
        }
        AppliedRules applied = rules.applied(user, query.contextItem());
        return applied.has(Then.Block.class) ? slot -> !applied.isBlocked(slot) : null;
    }
}
