package dev.milvuso.server.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.Action;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.ranking.Shelf;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Visitor;
import dev.milvuso.server.recommend.Visits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SequencesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Config config = ConfigLoader.load(Optional.empty(), Map.of(), List.of());
    private final ItemSlots slots = new ItemSlots();
    private final Sequences sequences = new Sequences(config.sequence(), config.actions(), slots, 1000);
    private final Consumer<UserEvent> listener = sequences.listener();
    private int events;

    private void act(String user, int item, String type, Duration when) {
        slots.of(Shelf.id(item));
        listener.accept(action(user, Shelf.id(item), type, when));
    }

    private Action action(String user, ItemId item, String type, Duration when) {
        return new Action(
                new EventId("e" + events++),
                new UserId(user),
                item,
                type,
                START.plus(when),
                START.plus(when),
                Optional.empty(),
                OptionalDouble.empty(),
                Map.of());
    }

    private void click(String user, int item) {
        act(user, item, "Click", Duration.ofSeconds(events));
    }

    private int slot(int item) {
        return slots.find(Shelf.id(item));
    }

    /** Users who go from each item to the next, from somewhere on. */
    private void inOrder(int users) {
        Random random = new Random(3);
        for (int user = 0; user < users; user++) {
            int first = random.nextInt(40);
            for (int i = 0; i < 6; i++) {
                click("u" + user, first + i);
            }
        }
    }

    private Outlook outlook(int... recent) {
        Outlook outlook = new Outlook();
        sequences.collect(recent, outlook);
        return outlook;
    }

    @Test
    void whatFollowsIsForetoldAndTrusted() {
        inOrder(500);
        assertThat(sequences.share()).isGreaterThan(0.5);
        Outlook outlook = outlook(slot(20));
        assertThat(sequences.lift(outlook, slot(21))).isGreaterThan(sequences.lift(outlook, slot(22)));
        assertThat(sequences.lift(outlook, slot(22))).isGreaterThan(0);
        assertThat(sequences.lift(outlook, slot(19))).as("the way back").isZero();
    }

    @Test
    void whereNothingFollowsFromAnythingItHasNoSay() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            click("u" + random.nextInt(300), (int) (200 * random.nextDouble() * random.nextDouble()));
        }
        assertThat(sequences.share()).isLessThan(0.05);
    }

    @Test
    void itIsTrustedNoLongerWhenHabitsEnd() {
        inOrder(500);
        double before = sequences.share();
        Random random = new Random(5);
        for (int i = 0; i < 30_000; i++) {
            click("v" + random.nextInt(300), random.nextInt(46));
        }
        assertThat(sequences.share()).isLessThan(before / 2);
    }

    @Test
    void dislikesImpressionsRepeatsAndWhatLiesFarApartFollowNothing() {
        for (int user = 0; user < 20; user++) {
            act("a" + user, 1, "Click", Duration.ZERO);
            act("a" + user, 2, "Dislike", Duration.ofSeconds(1));
            act("a" + user, 3, "Impression", Duration.ofSeconds(2));
            act("a" + user, 1, "Click", Duration.ofSeconds(3));
            act("a" + user, 4, "Click", Duration.ofHours(3));
        }
        Outlook outlook = outlook(slot(1));
        assertThat(outlook.size()).isZero();
    }

    @Test
    void anErasedUsersLastItemsAreForgotten() {
        for (int user = 0; user < 20; user++) {
            click("u" + user, 1);
            listener.accept(new Erasure(new UserId("u" + user), START));
            click("u" + user, 2);
        }
        assertThat(outlook(slot(1)).size()).isZero();
    }

    @Test
    void whatIsInNoCatalogueIsPassedOver() {
        click("u", 1);
        listener.accept(action("u", new ItemId("anything"), "Click", Duration.ofSeconds(events)));
        assertThat(slots.find(new ItemId("anything"))).isEqualTo(ItemSlots.NONE);
    }

    @Test
    void anItemThatIsUnknownOrLastOfAllForetellsNothing() {
        inOrder(10);
        assertThat(outlook(ItemSlots.NONE, 1_000_000).size()).isZero();
        assertThat(outlook().size()).isZero();
    }

    @Test
    void candidatesThatAreLikelyNextRiseByWhatTheVisitorDidAndLooksAt() {
        Shelf shelf = new Shelf(1, 60, 3);
        Sequences known = new Sequences(config.sequence(), config.actions(), shelf.catalogue.slots(), 1000);
        Consumer<UserEvent> told = known.listener();
        for (int user = 0; user < 300; user++) {
            for (int item : new int[] {10, 50, 30}) {
                told.accept(action("u" + user, Shelf.id(item), "Click", Duration.ofSeconds(events)));
            }
        }
        SequenceRanking ranking = new SequenceRanking(known, 3, 9);
        Candidates after = shelf.ranked();
        ranking.rank(
                shelf.visit(
                        new Visitor(Shelf.USER, null, null, "memory", new int[] {10}, 0), 10, OptionalDouble.empty()),
                after);
        assertThat(after.slot(0)).isEqualTo(50);
        Candidates before = shelf.ranked();
        for (int row = 0; row < before.size(); row++) {
            assertThat(after.score(row)).as("the scores are the same").isEqualTo(before.score(row));
        }
        Candidates unknown = shelf.ranked();
        new SequenceRanking(known, 3, 0).rank(shelf.visit(lookingAt(Shelf.id(10))), unknown);
        assertThat(Visits.slots(unknown)).isEqualTo(Visits.slots(before));
        Candidates looking = shelf.ranked();
        ranking.rank(shelf.visit(lookingAt(Shelf.id(10))), looking);
        assertThat(looking.slot(0)).isEqualTo(50);
        Candidates stranger = shelf.ranked();
        ranking.rank(shelf.visit(Query.of(10)), stranger);
        assertThat(Visits.slots(stranger)).isEqualTo(Visits.slots(shelf.ranked()));
    }

    private static Query lookingAt(ItemId item) {
        return new Query(
                10,
                Set.of(),
                Set.of(),
                Optional.empty(),
                Set.of(),
                true,
                Optional.of(item),
                OptionalDouble.empty(),
                false);
    }
}
