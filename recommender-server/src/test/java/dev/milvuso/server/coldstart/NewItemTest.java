package dev.milvuso.server.coldstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NewItemTest {
    private static final ItemId NEW = new ItemId("item-1-new");

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private List<UserId> suited(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> world.user("suited-" + i, 1))
                .toList();
    }

    private void likedByOthers() {
        for (int i = 0; i < 5; i++) {
            world.act(new UserId("liker-" + i), NEW, "Like");
        }
    }

    @Test
    void aNewItemEntersTheFinishedListsOfThoseWhomItSuitsAndOfNobodyElse() {
        List<UserId> suited = suited(10);
        UserId other = world.user("other", 3);
        suited.forEach(user -> assertThat(World.ofKind(world.list(user), 1)).isEqualTo(10));
        Recommendation others = world.list(other);
        world.post(NEW, 1);
        likedByOthers();
        world.refresh();
        assertThat(suited)
                .allSatisfy(
                        user -> assertThat(World.holds(world.list(user), NEW)).isTrue());
        assertThat(world.list(other).items()).isEqualTo(others.items());
    }

    @Test
    void ofTwoThatWereJustReceivedWellTheNewerIsTriedOut() {
        List<UserId> suited = suited(40);
        ItemId earlier = new ItemId("item-1-earlier");
        world.post(earlier, 1);
        world.post(NEW, 1);
        likedByOthers();
        world.refresh();
        for (int i = 0; i < 5; i++) {
            world.act(new UserId("early-liker-" + i), earlier, "Like");
        }
        for (int i = 0; i < 6; i++) {
            world.evidence.addShown(world.catalogue.slots().find(NEW));
        }
        world.refresh();
        assertThat(suited)
                .allSatisfy(
                        user -> assertThat(World.holds(world.list(user), NEW)).isTrue());
    }

    @Test
    void whoWasJustShownAnItemHasHadNoTimeToChooseIt() {
        List<UserId> suited = suited(40);
        suited.forEach(world::list);
        world.post(NEW, 1);
        likedByOthers();
        world.refresh();
        for (int i = 0; i < 200; i++) {
            world.evidence.addShown(world.catalogue.slots().find(NEW));
        }
        world.refresh();
        assertThat(suited)
                .allSatisfy(
                        user -> assertThat(World.holds(world.list(user), NEW)).isTrue());
    }

    @Test
    void whatWasJustReceivedWellIsTriedOutBeforeOtherNewItems() {
        List<UserId> suited = suited(40);
        for (int i = 0; i < 6; i++) {
            world.post(new ItemId("item-1-other-" + i), 1);
        }
        world.post(NEW, 1);
        likedByOthers();
        world.refresh();
        assertThat(suited)
                .allSatisfy(
                        user -> assertThat(World.holds(world.list(user), NEW)).isTrue());
    }

    @Test
    void aNewItemIsTriedOutOnThoseAloneWhoseTasteItIsAsNearToAsTheThresholdSays() {
        String[] settings = {"coldstart.quota=0.5", "coldstart.affinity=-10"};
        try (World any = new World(settings);
                World near = new World(settings[0], settings[1], "recommendation.similarity_threshold=0.5")) {
            assertThat(isShown(any, 3)).isTrue();
            assertThat(isShown(near, 3)).isFalse();
            assertThat(isShown(near, 1)).isTrue();
        }
    }

    private static boolean isShown(World world, int kind) {
        world.post(NEW, 1);
        world.refresh();
        return IntStream.range(0, 20)
                .anyMatch(i -> World.holds(world.list(world.user("of-" + kind + "-" + i, kind)), NEW));
    }

    @Test
    void aListThatWasBegunJustBeforeTheShelfKnewTheItemGoesToo() {
        UserId user = world.user("user", 1);
        Recommendation before = world.list(user);
        world.post(NEW, 1);
        likedByOthers();
        world.refresh();
        assertThat(isOutdated(before, user, Duration.ofMillis(1))).isTrue();
        assertThat(isOutdated(before, user, Duration.ofSeconds(2))).isFalse();
    }

    /** A list that does not know the item, begun so long after there was news of it. */
    private boolean isOutdated(Recommendation list, UserId user, Duration later) {
        long begun = world.clock.millis() + later.toMillis();
        Recommendation unknowing =
                new Recommendation(list.modelVersion(), list.tier(), list.degraded(), begun, list.items());
        return world.news.outdates(unknowing, user, Query.of(10));
    }

    @Test
    void aFinishedListStaysWhileThereIsNoNews() {
        UserId user = world.user("user", 1);
        world.post(NEW, 1);
        world.refresh();
        Recommendation first = world.list(user);
        for (int i = 0; i < 5; i++) {
            world.refresh();
            assertThat(world.list(user).madeAt()).isEqualTo(first.madeAt());
        }
    }

    @Test
    void aLearnedVectorTakesOverWithTheActions() {
        world.post(NEW, 1);
        UserId first = world.user("first", 1);
        UserId second = world.user("second", 3);
        world.refresh();
        assertThat(World.holds(world.list(first), NEW)).isTrue();
        // Whoever acts shows that it is of another kind than it says.
        world.learn(NEW, world.near(3));
        for (int i = 0; i < 30; i++) {
            world.act(new UserId("someone-" + i), NEW, "Like");
        }
        world.refresh();
        assertThat(world.shelf.vector(world.catalogue.slots().of(NEW), World.VERSION))
                .isNull();
        world.user("first", 1);
        world.user("second", 3);
        assertThat(World.holds(world.list(first), NEW)).isFalse();
        assertThat(World.ofKind(world.list(second), 3)).isGreaterThanOrEqualTo(9);
    }

    @Test
    void newItemsOutsideTheListTakeTurnsInItsLastPlaceWithTheirProbability() {
        UserId user = world.user("user", 1);
        for (int i = 0; i < 6; i++) {
            world.post(new ItemId("item-1-new" + i), 1);
        }
        world.refresh();
        int explored = 0;
        for (int i = 0; i < 50; i++) {
            world.user("user", 1);
            List<Recommended> items = world.list(user).items();
            assertThat(items).hasSize(10);
            for (Recommended each : items.subList(0, 9)) {
                assertThat(each.probability()).isEqualTo(1);
            }
            Recommended last = items.get(9);
            assertThat(last.probability()).isGreaterThan(0).isLessThanOrEqualTo(1);
            explored += last.source().equals("new") && last.probability() < 1 ? 1 : 0;
        }
        assertThat(explored).isPositive();
    }

    @Test
    void aLikeOfANewItemSaysWhatItsKindSays() {
        world.post(NEW, 2);
        world.refresh();
        UserId stranger = new UserId("stranger");
        assertThat(world.list(stranger).isPersonal()).isFalse();
        world.act(stranger, NEW, "Like");
        Recommendation list = world.list(stranger);
        assertThat(list.isPersonal()).isTrue();
        assertThat(World.ofKind(list, 2)).isGreaterThanOrEqualTo(7);
        assertThat(World.holds(list, NEW)).isFalse();
    }

    @Test
    void theNextListAfterALikeOrADislikeReflectsIt() {
        UserId user = world.user("user", 0);
        world.clock.goOn(Duration.ofMillis(5));
        Recommendation before = world.list(user);
        assertThat(World.ofKind(before, 2)).isZero();
        world.act(user, World.id(2, 4), "Like");
        Recommendation after = world.list(user);
        assertThat(World.ofKind(after, 2)).isPositive();
        assertThat(World.holds(after, World.id(2, 4))).isFalse();
        world.act(user, after.items().get(0).item(), "Dislike");
        assertThat(world.list(user).items()).isNotEqualTo(after.items());
    }
}
