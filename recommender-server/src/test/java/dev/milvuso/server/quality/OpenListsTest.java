package dev.milvuso.server.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.IdHash;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenListsTest {
    private final Bucket bucket = new Bucket(null);

    private static ServedList list(int number, int user, int length, boolean isInterleaved) {
        List<ServedList.Shown> shown = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            String team = isInterleaved ? "team-" + i % 2 : "";
            shown.add(new ServedList.Shown(new ItemId("item-" + (number + i)), 1, "source-" + i % 3, team));
        }
        ServedList.Origin origin =
                new ServedList.Origin("instance", Map.of("experiment", "variant-" + number % 2), number % 5 == 0);
        return new ServedList(
                new RequestId("request-" + number),
                new UserId("użytkownik-" + user),
                "v" + number / 100,
                Instant.ofEpochMilli(number),
                shown,
                origin);
    }

    private static long request(ServedList list) {
        return IdHash.of(list.requestId().value());
    }

    private void assertSame(OpenList held, ServedList list) {
        assertThat(held.user()).isEqualTo(list.userId());
        assertThat(held.origin()).isEqualTo(list.origin());
        assertThat(held.modelVersion()).isEqualTo(list.modelVersion());
        assertThat(held.servedAt()).isEqualTo(list.timestamp().toEpochMilli());
        assertThat(held.request()).isEqualTo(request(list));
        assertThat(held.bucket()).isSameAs(bucket);
        assertThat(held.length()).isEqualTo(list.items().size());
        for (int i = 0; i < held.length(); i++) {
            ServedList.Shown shown = list.items().get(i);
            assertThat(held.position(IdHash.of(shown.itemId().value()))).isEqualTo(i);
            assertThat(held.source(i)).isEqualTo(shown.source());
            assertThat(held.team(i)).isEqualTo(shown.team());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 700})
    void holdsTheLatestOfWhatCameAndNothingElse(int most) {
        Random random = new Random(7);
        OpenLists lists = new OpenLists(most);
        Deque<ServedList> model = new ArrayDeque<>();
        for (int n = 0; n < 3_000; n++) {
            ServedList list = list(n, random.nextInt(40), 1 + random.nextInt(12), n > 1_500 && random.nextInt(9) == 0);
            OpenList added = lists.add(list, request(list), n, bucket);
            assertSame(added, list);
            assertThat(added.followed(0) + added.misses()).isZero();
            assertThat(added.measures()).isEqualTo(ListMeasures.NONE);
            assertThat(added.follow(0, 3)).isEqualTo(3);
            assertThat(added.follow(0, 6)).isEqualTo(4);
            added.miss(1);
            added.miss(1);
            assertThat(added.misses()).isEqualTo(1);
            model.add(list);
            while (lists.isOverfull()) {
                lists.dropOldest();
                assertThat(lists.holds(request(model.remove()))).isFalse();
            }
            assertThat(lists.size()).isEqualTo(model.size());
        }
        model.forEach(list -> assertSame(Objects.requireNonNull(lists.named(request(list))), list));
        for (int user = 0; user < 40; user++) {
            UserId id = new UserId("użytkownik-" + user);
            List<Long> theirs = new ArrayList<>();
            for (OpenList each = lists.latest(IdHash.of(id.value())); each != null; each = lists.before(each)) {
                theirs.add(0, each.request());
            }
            assertThat(theirs)
                    .isEqualTo(model.stream()
                            .filter(list -> list.userId().equals(id))
                            .map(OpenListsTest::request)
                            .toList());
        }
    }

    @Test
    void longListsAreLetGoOfEarlier() {
        OpenLists lists = new OpenLists(1_000);
        for (int n = 0; n < 100; n++) {
            ServedList list = list(n, n, 1_000, false);
            assertSame(lists.add(list, request(list), n, bucket), list);
            while (lists.isOverfull()) {
                lists.dropOldest();
            }
        }
        assertThat(lists.size()).isEqualTo(20);
    }

    @Test
    void empty() {
        OpenLists lists = new OpenLists(10);
        assertThat(lists.oldest()).isNull();
        assertThat(lists.latest(1)).isNull();
        assertThat(lists.named(1)).isNull();
        ServedList list = list(1, 1, 1, false);
        assertSame(lists.add(list, request(list), 1, bucket), list);
        lists.dropOldest();
        assertThat(lists.size()).isZero();
        assertThat(lists.oldest()).isNull();
        assertThat(lists.latest(IdHash.of(list.userId().value()))).isNull();
    }
}
