package dev.milvuso.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.item.Item;
import dev.milvuso.server.ManualClock;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final UserId USER = new UserId("u");

    private final Catalogue catalogue = new Catalogue();
    private final MemoryRules store = new MemoryRules();
    private final ManualClock clock = new ManualClock();
    private final AtomicInteger changed = new AtomicInteger();
    private final Rules rules = new Rules(store, catalogue, new ItemFilters(), clock, changed::incrementAndGet);
    private long number;

    private int item(String id, String category) {
        Item item = new Item(
                new ItemId(id),
                Optional.of(category),
                List.of(),
                0,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                false,
                Optional.empty());
        catalogue.apply(List.of(new Change(item.id(), ++number, Optional.of(item))));
        return catalogue.slots().find(item.id());
    }

    private void rule(String name, When when, Then then, Optional<Instant> from, Optional<Instant> until) {
        store.put(new Rule(name, when, then, 0, true, from, until, 0), OptionalLong.empty());
        rules.run();
    }

    private static When items(String filter) {
        return new When(Optional.of(filter), Optional.empty(), Set.of(), Optional.empty());
    }

    private AppliedRules applied() {
        return rules.applied(Optional.of(USER), Optional.empty());
    }

    @Test
    void aRuleIsAboutTheItemsThatItsFilterFinds() {
        int novel = item("a", "novel");
        int essay = item("b", "essay");
        rule("r", items("category == \"novel\""), new Then.Block(), Optional.empty(), Optional.empty());

        assertThat(applied().isBlocked(novel)).isTrue();
        assertThat(applied().isBlocked(essay)).isFalse();
    }

    @Test
    void anItemThatIsWrittenAnewFallsUnderOtherRulesAtOnce() {
        int slot = item("a", "essay");
        rule("r", items("category == \"novel\""), new Then.Block(), Optional.empty(), Optional.empty());
        assertThat(applied().isBlocked(slot)).isFalse();

        item("a", "novel");
        assertThat(applied().isBlocked(slot)).isTrue();
        item("a", "essay");
        assertThat(applied().isBlocked(slot)).isFalse();
    }

    @Test
    void anItemBeyondTheRoomOfTheTableFallsUnderRulesToo() {
        rule("r", items("category == \"novel\""), new Then.Block(), Optional.empty(), Optional.empty());
        int last = 0;
        for (int i = 0; i < 3000; i++) {
            last = item("i" + i, "novel");
        }
        assertThat(applied().isBlocked(last)).isTrue();
        rules.run();
        assertThat(applied().isBlocked(last)).isTrue();
    }

    @Test
    void aRuleBeginsAndEndsAtItsTimesAndSaysSo() {
        int slot = item("a", "novel");
        Instant begin = clock.instant().plusSeconds(10);
        rule("r", When.ALWAYS, new Then.Block(), Optional.of(begin), Optional.of(begin.plusSeconds(10)));
        assertThat(applied().isBlocked(slot)).isFalse();

        clock.goOn(Duration.ofSeconds(10));
        rules.run();
        assertThat(applied().isBlocked(slot)).isTrue();
        int begun = changed.get();
        clock.goOn(Duration.ofSeconds(10));
        rules.run();
        assertThat(applied().isBlocked(slot)).isFalse();
        assertThat(changed.get()).isEqualTo(begun + 1);
    }

    @Test
    void aRuleForSomeUsersLeavesTheOthersAlone() {
        int slot = item("a", "novel");
        When some = new When(Optional.empty(), Optional.empty(), Set.of(USER), Optional.empty());
        rule("r", some, new Then.Block(), Optional.empty(), Optional.empty());

        assertThat(applied().isBlocked(slot)).isTrue();
        assertThat(rules.applied(Optional.of(new UserId("v")), Optional.empty()).isBlocked(slot))
                .isFalse();
        assertThat(rules.applied(Optional.empty(), Optional.empty()).isBlocked(slot))
                .isFalse();
    }

    @Test
    void aRuleForAContextGoesByTheItemThatIsLookedAt() {
        int slot = item("a", "case");
        item("p", "phone");
        When looking = new When(Optional.empty(), Optional.of("category == \"phone\""), Set.of(), Optional.empty());
        rule("r", looking, new Then.Boost(2), Optional.empty(), Optional.empty());

        assertThat(applied().factor(slot)).isEqualTo(1);
        assertThat(rules.applied(Optional.of(USER), Optional.of(new ItemId("p")))
                        .factor(slot))
                .isEqualTo(2);
        assertThat(rules.applied(Optional.of(USER), Optional.of(new ItemId("nowhere")))
                        .factor(slot))
                .isEqualTo(1);
    }

    @Test
    void segmentsDivideTheUsersByTheirShares() {
        int half = 0;
        When.Segment first = new When.Segment(0, 50);
        When.Segment second = new When.Segment(50, 100);
        for (int i = 0; i < 10_000; i++) {
            UserId user = new UserId("user-" + i);
            assertThat(first.contains(user)).isNotEqualTo(second.contains(user));
            half += first.contains(user) ? 1 : 0;
        }
        assertThat(half).isBetween(4_800, 5_200);
    }

    @Test
    void boostsOfSeveralRulesMultiply() {
        int slot = item("a", "novel");
        rule("r", When.ALWAYS, new Then.Boost(2), Optional.empty(), Optional.empty());
        rule("s", items("category == \"novel\""), new Then.Boost(3), Optional.empty(), Optional.empty());

        assertThat(applied().factor(slot)).isEqualTo(6);
    }

    @Test
    void capsCountByListAndByCategory() {
        int[] slots = {item("a", "x"), item("b", "x"), item("c", "y"), item("d", "y")};
        rule("all", When.ALWAYS, new Then.Cap(1, true), Optional.empty(), Optional.empty());
        Caps caps = new Caps(applied(), catalogue.table());
        caps.take(slots[0]);

        assertThat(caps.allow(slots[1])).isFalse();
        assertThat(caps.allow(slots[2])).isTrue();
        rule("one", items("category == \"y\""), new Then.Cap(0, false), Optional.empty(), Optional.empty());
        assertThat(new Caps(applied(), catalogue.table()).allow(slots[2])).isFalse();
    }

    @Test
    void aRuleThatIsDeletedIsOver() {
        int slot = item("a", "novel");
        rule("r", When.ALWAYS, new Then.Block(), Optional.empty(), Optional.empty());
        store.delete("r");
        rules.run();

        assertThat(applied().isBlocked(slot)).isFalse();
        assertThat(rules.isEmpty()).isTrue();
    }

    @Test
    void aRuleComesBackFromItsRecordAsItWas() throws Exception {
        Rule rule = new Rule(
                "r-1",
                new When(
                        Optional.of("hidden == false"),
                        Optional.of("popularity_score > 1"),
                        Set.of(USER),
                        Optional.of(new When.Segment(0, 12.5))),
                new Then.Cap(3, true),
                -7,
                false,
                Optional.of(Instant.parse("2026-01-31T12:00:00Z")),
                Optional.empty(),
                5);
        var mapper = new com.fasterxml.jackson.databind.ObjectMapper();
        for (Then then :
                List.of(rule.then(), new Then.Pin(2), new Then.Boost(0.5), new Then.Bury(), new Then.Block())) {
            Rule each = new Rule(rule.name(), rule.when(), then, rule.priority(), false, rule.from(), rule.until(), 5);
            assertThat(RuleJson.read(mapper.valueToTree(RuleJson.write(each)), 5))
                    .isEqualTo(each);
        }
    }
}
