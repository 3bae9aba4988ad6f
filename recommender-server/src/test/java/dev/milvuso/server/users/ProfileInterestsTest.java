package dev.milvuso.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.server.ManualClock;
import dev.milvuso.server.ranking.CategoryTaste;
import dev.milvuso.server.ranking.Shelf;
import dev.milvuso.server.recommend.Bulkhead;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.tier.Breaker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A record of one user, in a catalogue whose categories are c0 to c3. */
class ProfileInterestsTest {
    private final Shelf shelf = new Shelf(1, 8, 4);
    private final ManualClock clock = new ManualClock();
    private final Bulkhead bulkhead = Bulkhead.of(
            "postgres", 1, 10, new Breaker("postgres", Duration.ofSeconds(1), clock, () -> {}, Runnable::run));
    private final List<Runnable> later = new ArrayList<>();
    private Map<String, Double> interests = Map.of("c:c2", 3.0, "c:c1", 1.0, "c:gone", 9.0, "t:c3", 9.0, "c:c0", -1.0);
    private boolean isAway;
    private int asked;
    private final ProfileInterests profiles = new ProfileInterests(
            new OneUser(), bulkhead, (what, task) -> later.add(task), shelf.catalogue.categories(), 10, clock);

    @AfterEach
    void close() {
        bulkhead.close();
    }

    private CategoryTaste ask() {
        return profiles.apply(shelf.visit(Query.of(10)));
    }

    private int[] codes(String... categories) {
        return shelf.catalogue.categories().find(List.of(categories));
    }

    @Test
    void theCategoriesOfTheProfileThatTheCatalogueHasAreTheUsersInterests() {
        assertThat(ask().categories()).containsExactly(codes("c2", "c1"));
        assertThat(ask().shares()).containsExactly(0.75, 0.25);
        assertThat(asked).as("then it is remembered").isEqualTo(1);
    }

    @Test
    void whatIsAMinuteOldIsReadAnewBehindTheRequest() {
        int[] before = ask().categories();
        interests = Map.of("c:c3", 1.0);
        clock.goOn(Duration.ofSeconds(59));
        assertThat(ask().categories()).isEqualTo(before);
        assertThat(later).isEmpty();
        clock.goOn(Duration.ofSeconds(2));
        assertThat(ask().categories()).as("not waited for").isEqualTo(before);
        later.get(0).run();
        assertThat(ask().categories()).containsExactly(codes("c3"));
    }

    @Test
    void whileTheRecordIsAwayNothingIsKnownAndThatIsNotRemembered() {
        isAway = true;
        assertThat(ask()).isEqualTo(CategoryTaste.NONE);
        isAway = false;
        assertThat(ask().categories()).hasSize(2);
    }

    @Test
    void whoIsForgottenIsReadAnew() {
        ask();
        interests = Map.of();
        profiles.forget(Shelf.USER);
        assertThat(ask().categories()).isEmpty();
    }

    private final class OneUser implements UserRecord {
        @Override
        public Optional<UserProfile> profile(UserId user) {
            asked++;
            if (isAway) {
                throw new Unavailable("postgres", "is away", null);
            }
            return Optional.of(
                    new UserProfile(1, 1, 1, Instant.EPOCH, Instant.EPOCH, List.of(), interests, Instant.EPOCH));
        }

        @Override
        public List<Acted> history(UserId user, Optional<Acted> after, int limit) {
            return List.of();
        }

        @Override
        public List<UserId> page(Optional<UserId> after, int limit) {
            return List.of();
        }

        @Override
        public void erase(UserId user) {}

        @Override
        public List<UserId> withVectors(int limit) {
            return List.of();
        }

        @Override
        public void vectorsAreGone(UserId user) {}
    }
}
