package dev.milvuso.server.recommend;

import dev.milvuso.action.UserId;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Something beyond the catalogue that says which items may be shown: the query's filter, the site's rules. */
public interface Restriction {
    /** Changes with whatever it goes by; finished lists that were made before are looked at again. */
    long revision();

    /** What an explanation calls it, such as {@code filter}. */
    String name();

    /**
     * For one request.
     *
     * @param user empty: the question is nobody's in particular
     * @return the slots it lets through; null: all
     */
    @Nullable IntPredicate of(Optional<UserId> user, Query query);

    /** Whether a finished list, all of whose items still fit, should nevertheless be made anew. */
    default boolean outdates(Recommendation list, UserId user, Query query) {
        return false;
    }
}
