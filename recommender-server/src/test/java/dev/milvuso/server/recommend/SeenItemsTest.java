package dev.milvuso.server.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.server.tier.memory.BoundedCache;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SeenItemsTest {
    private static final UserId USER = new UserId("u");
    private static final ItemId OLD = new ItemId("old");
    private static final ItemId NEW = new ItemId("new");

    @Test
    void historyAndWhatIsAddedAreBothKnown() {
        AtomicInteger reads = new AtomicInteger();
        SeenItems seen = new SeenItems(BoundedCache.Policy.LRU, 100, user -> {
            reads.incrementAndGet();
            return List.of(OLD);
        });
        seen.add(USER, NEW);
        assertThat(seen.isLoaded(USER)).isFalse();
        assertThat(seen.known(USER).contains(NEW)).isTrue();
        assertThat(seen.known(USER).count()).isEqualTo(1);
        seen.load(USER);
        assertThat(seen.isLoaded(USER)).isTrue();
        assertThat(seen.known(USER).contains(OLD) && seen.known(USER).contains(NEW))
                .isTrue();
        assertThat(seen.known(new UserId("v")).count()).isZero();
        assertThat(reads).hasValue(1);
    }

    @Test
    void aHistoryThatCouldNotBeReadIsReadNextTime() {
        SeenItems seen = new SeenItems(BoundedCache.Policy.LRU, 100, user -> {
            throw new Unavailable("postgres", "is away", null);
        });
        seen.add(USER, NEW);
        assertThatThrownBy(() -> seen.load(USER)).isInstanceOf(Unavailable.class);
        assertThat(seen.isLoaded(USER)).isFalse();
        assertThat(seen.known(USER).contains(NEW)).isTrue();
        assertThat(seen.known(USER).count()).isEqualTo(1);
    }
}
