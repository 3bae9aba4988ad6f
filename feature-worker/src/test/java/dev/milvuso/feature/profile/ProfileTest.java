package dev.milvuso.feature.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final long DAY = 86_400_000;
    private static final HalfLife SHORT = new HalfLife(DAY / 100);

    private final Profile profile = new Profile("ü1");

    @Test
    void recentItemsAreInTheOrderOfTheirLastActionAndBounded() {
        for (String item : List.of("a", "b", "a", "c", "d")) {
            profile.act(item, 1, 5, 3);
        }

        assertThat(profile.recentItems()).containsExactly("a", "c", "d");
        assertThat(profile.actions()).isEqualTo(5);
    }

    @Test
    void daysAndFirstAndLastFollowTheTimes() {
        profile.act("a", 1, 2 * DAY, 3);
        profile.act("a", 1, 2 * DAY + 5, 3);
        profile.act("a", 1, 4 * DAY, 3);
        profile.act("a", 1, DAY, 3);

        assertThat(profile.days()).isEqualTo(2);
        assertThat(profile.firstAt()).isEqualTo(DAY);
        assertThat(profile.lastAt()).isEqualTo(4 * DAY);
    }

    @Test
    void anEventIsKnownUntilSixtyFourOthersHaveCome() {
        assertThat(profile.remember(7)).isTrue();
        assertThat(profile.remember(7)).isFalse();
        for (long other = 100; other < 164; other++) {
            profile.remember(other);
        }
        assertThat(profile.remember(7)).isTrue();
    }

    @Test
    void aStoredProfileComesBackAsItWas() {
        profile.act("ä", -1, DAY, 3);
        profile.remember(Long.MIN_VALUE);
        profile.interests().add(List.of("c:\"quoted\" \u2028"), 0.25, DAY, SHORT, 3);

        assertThat(profile.nextVersion()).isEqualTo(1);

        Profile read =
                ProfileJson.decode("ü1", 1, 1, DAY, DAY, profile.recentItems(), ProfileJson.encode(profile, SHORT));

        assertThat(read).usingRecursiveComparison().isEqualTo(profile);
        assertThat(read.remember(Long.MIN_VALUE)).isFalse();
        assertThat(read.nextVersion()).isEqualTo(2);
    }

    @Test
    void twoTalliesMeetAtTheLaterTime() {
        Decay decay = new Decay(new HalfLife(DAY), new HalfLife(DAY / 2));
        Tally sum = new Tally(1, 2, 3, 8, 0).plus(new Tally(10, 20, 30, 1, DAY), decay);

        assertThat(sum).isEqualTo(new Tally(11, 22, 33, 5, 3, DAY));
    }
}
