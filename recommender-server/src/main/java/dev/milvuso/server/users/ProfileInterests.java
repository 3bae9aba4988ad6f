package dev.milvuso.server.users;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.UserId;
import dev.milvuso.server.catalogue.Codes;
import dev.milvuso.server.ranking.CategoryTaste;
import dev.milvuso.server.recommend.Bulkhead;
import dev.milvuso.server.recommend.Later;
import dev.milvuso.server.recommend.Visit;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The categories that users are interested in by their profiles: read within the deadline of the request that asks for
 * a user first, and behind requests once that is a minute old. Safe for use by many threads.
 */
public final class ProfileInterests implements Function<Visit, CategoryTaste> {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final String CATEGORY = "c:";

    private record Read(CategoryTaste taste, long at) {}

    private record Question(UserId user) {}

    private final UserRecord users;
    private final Bulkhead bulkhead;
    private final Later refresh;
    private final Codes categories;
    private final Clock clock;
    private final Cache<UserId, Read> read;

    /**
     * @param bulkhead the threads that wait for the record
     * @param refresh reads profiles anew
     * @param maxUsers whose interests are kept
     */
    public ProfileInterests(
            UserRecord users, Bulkhead bulkhead, Later refresh, Codes categories, int maxUsers, Clock clock) {
        this.users = users;
        this.bulkhead = bulkhead;
        this.refresh = refresh;
        this.categories = categories;
        this.clock = clock;
        this.read = Caffeine.newBuilder().maximumSize(maxUsers).build();
    }

    @Override
    public CategoryTaste apply(Visit visit) {
        UserId user = visit.visitor().user();
        Read known = read.getIfPresent(user);
        if (known == null) {
            return visit.making()
                    .ask(bulkhead, new Question(user), () -> Optional.of(readAnew(user)))
                    .orElse(CategoryTaste.NONE);
        }
        if (clock.millis() - known.at() > FRESH.toMillis()) {
            refresh.later(new Question(user), () -> readAnew(user));
        }
        return known.taste();
    }

    private CategoryTaste readAnew(UserId user) {
        CategoryTaste taste = bulkhead.breaker()
                .call(() -> users.profile(user).map(UserProfile::interests).map(this::taste))
                .orElse(CategoryTaste.NONE);
        read.put(user, new Read(taste, clock.millis()));
        return taste;
    }

    private CategoryTaste taste(Map<String, Double> interests) {
        int[] codes = new int[interests.size()];
        double[] weights = new double[codes.length];
        int size = 0;
        for (Map.Entry<String, Double> each : interests.entrySet()) {
            if (each.getKey().startsWith(CATEGORY)) {
                codes[size] = categories.find(each.getKey().substring(CATEGORY.length()));
                weights[size++] = each.getValue();
            }
        }
        return CategoryTaste.of(codes, weights, size);
    }

    /** Nothing is known of the user any more. */
    public void forget(UserId user) {
        read.invalidate(user);
    }
}
