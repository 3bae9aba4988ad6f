package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.item.Item;
import dev.milvuso.server.ManualClock;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PopularNearbyTest {
    private final ManualClock clock = new ManualClock();
    private final Catalogue catalogue = new Catalogue();
    private final Popular popular = new Popular(catalogue, this::statistics, Duration.ofDays(7), clock);

    PopularNearbyTest() {
        List<Change> changes = new ArrayList<>();
        for (String category : List.of("a", "b", "c")) {
            for (int i = 0; i < 5; i++) {
                Item item = new Item(
                        new ItemId(category + i),
                        Optional.of(category),
                        List.of(),
                        0,
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        false,
                        Optional.empty());
                changes.add(new Change(item.id(), changes.size() + 1, Optional.of(item)));
            }
        }
        catalogue.apply(changes);
        popular.run();
    }

    /** All of c before all of b before all of a. */
    private List<ItemPopularity> statistics(java.time.Instant since) {
        return Arrays.stream(new String[] {"a", "b", "c"})
                .flatMap(category -> java.util.stream.IntStream.range(0, 5)
                        .mapToObj(i -> new ItemPopularity(
                                new ItemId(category + i),
                                Math.pow(100, category.charAt(0) - 'a') * (9 - i),
                                clock.instant(),
                                clock.instant())))
                .toList();
    }

    private List<String> list(int count, Optional<String> looksAt, String... liked) {
        PopularNearby nearby = new PopularNearby(
                popular,
                user -> Arrays.stream(liked)
                        .map(ItemId::new)
                        .mapToInt(catalogue.slots()::find)
                        .toArray(),
                catalogue.slots()::find);
        Query query = new Query(
                count,
                Set.of(),
                Set.of(),
                Optional.empty(),
                Set.of(),
                true,
                looksAt.map(ItemId::new),
                OptionalDouble.empty(),
                false);
        Candidates into = new Candidates();
        into.reset(false);
        nearby.collect(
                new Visits(catalogue, Optional.empty()).of(Visitor.stranger(new UserId("u")), query), into, 0, count);
        into.sort(0, into.size());
        return Visits.slots(into).stream()
                .map(slot -> catalogue.slots().id(slot).value())
                .toList();
    }

    @Test
    void strangersWhoLookAtNothingGetWhatIsPopular() {
        assertThat(list(6, Optional.empty())).containsExactly("c0", "c1", "c2", "c3", "c4", "b0");
    }

    @Test
    void halfOfThePlacesAreForTheCategoryThatIsLookedAt() {
        assertThat(list(6, Optional.of("a4"))).containsExactly("a0", "a1", "a2", "c0", "c1", "c2");
    }

    @Test
    void halfOfWhatIsLeftIsForWhatWasLiked() {
        assertThat(list(8, Optional.of("a4"), "b3", "b4"))
                .containsExactly("b0", "b1", "a0", "a1", "a2", "a3", "c0", "c1");
    }

    @Test
    void aSmallCategoryAndAnItemThatIsUnknownLeaveRoomForTheRest() {
        assertThat(list(15, Optional.of("a0"))).hasSize(15).doesNotHaveDuplicates();
        assertThat(list(3, Optional.of("nowhere"), "nowhere")).containsExactly("c0", "c1", "c2");
    }

    @Test
    void oneOfACategoryIsOnePlace() {
        assertThat(list(1, Optional.empty(), "a3")).containsExactly("a0");
    }
}
