package dev.milvuso.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.server.ManualClock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreferencesTest {
    private static final UserId USER = new UserId("u");
    private static final ActionType IMPRESSION = new ActionType("Impression", 0, 0);
    private static final ActionType LIKE = new ActionType("Like", 1, 2);

    private static final class Numbered implements Preferences.StandIns {
        @Override
        public List<ItemId> ofCategory(String category, int most) {
            return category.equals("empty")
                    ? List.of()
                    : IntStream.range(0, most)
                            .mapToObj(i -> new ItemId(category + "-" + i))
                            .toList();
        }

        @Override
        public List<ItemId> ofTag(String tag, int most) {
            return ofCategory("t:" + tag, most);
        }
    }

    private static Preferences preferences(ActionType... types) {
        return new Preferences(new ActionTypes(List.of(types)), new Numbered(), new ManualClock());
    }

    private static Preferences.Likes of(Set<ItemId> items, Set<String> categories, Set<String> tags) {
        return preferences(IMPRESSION, LIKE).of(USER, new Preferences.Stated(items, categories, tags));
    }

    @Test
    void someItemsStandForACategoryAndNoneForWhatHasNone() {
        Preferences.Likes likes = of(Set.of(), new LinkedHashSet<>(List.of("jazz", "empty")), Set.of("live"));
        assertThat(likes.actions())
                .allMatch(Action::standsIn)
                .allMatch(action -> action.type().equals("Like"))
                .extracting(action -> action.itemId().value())
                .containsExactly(
                        "jazz-0", "jazz-1", "jazz-2", "jazz-3", "t:live-0", "t:live-1", "t:live-2", "t:live-3");
        assertThat(likes.unknown()).containsExactly("empty");
    }

    @Test
    void whatIsNamedItselfStandsForNothingElse() {
        Preferences.Likes likes = of(Set.of(new ItemId("jazz-0")), Set.of("jazz"), Set.of());
        assertThat(likes.actions()).hasSize(4);
        assertThat(likes.actions().get(0).itemId().value()).isEqualTo("jazz-0");
        assertThat(likes.actions().get(0).standsIn()).isFalse();
    }

    @Test
    void manyNamesShareTheStandInsAndNoneGoesWithout() {
        Set<String> forty = new LinkedHashSet<>(
                IntStream.range(0, 40).mapToObj(i -> "c" + i).toList());
        assertThat(of(Set.of(), forty, Set.of()).actions()).hasSize(40);
        assertThat(of(Set.of(), Set.of("a", "b", "c", "d", "e", "f", "g", "h"), Set.of())
                        .actions())
                .hasSize(24);
    }

    @Test
    void whatIsStatedTwiceHasTheSameIds() {
        List<Action> once = of(Set.of(), Set.of("jazz"), Set.of()).actions();
        assertThat(of(Set.of(), Set.of("jazz"), Set.of()).actions())
                .extracting(Action::eventId)
                .containsExactlyElementsOf(once.stream().map(Action::eventId).toList());
        assertThat(once).extracting(Action::eventId).doesNotHaveDuplicates();
    }

    @Test
    void aSiteWithoutLikesUsesTheWeightiestThatSpeaksForAnItem() {
        var stated = new Preferences.Stated(Set.of(new ItemId("i")), Set.of(), Set.of());
        ActionType rate = new ActionType("Rate", 1, 9);
        Preferences others =
                preferences(IMPRESSION, rate, new ActionType("Buy", 1, 5), new ActionType("View", 1, 0.5f));
        assertThat(others.of(USER, stated).actions()).extracting(Action::type).containsExactly("Buy");
        assertThatThrownBy(() -> preferences(IMPRESSION, rate).of(USER, stated))
                .isInstanceOf(IllegalStateException.class);
    }
}
