package dev.milvuso.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class HeldOutTest {
    private static PositivePairs pairs(String... usersAndItems) {
        PositivePairs pairs = new PositivePairs();
        for (String pair : usersAndItems) {
            pairs.add(pair.substring(0, 1), pair.substring(1));
        }
        return pairs;
    }

    private static Set<String> set(PositivePairs pairs) {
        Set<String> set = new TreeSet<>();
        for (int i = 0; i < pairs.size(); i++) {
            set.add(pairs.userIds().get(pairs.user(i)) + pairs.itemIds().get(pairs.item(i)));
        }
        return set;
    }

    @Test
    void ofSomeUsersNoMoreIsHeldOutAndTheRestIsWhole() {
        PositivePairs data = pairs("ua", "ub", "va", "vb", "wa", "wb", "xa", "xb", "yc");
        for (int most = 1; most <= 5; most++) {
            HeldOut parts = HeldOut.oneOfSomeUsers(data, 1, most);
            assertThat(parts.heldOut().size()).isEqualTo(Math.min(4, most));
            assertThat(parts.rest().size())
                    .isEqualTo(data.size() - parts.heldOut().size());
        }
    }

    @Test
    void oneItemOfEachUserWithSeveralIsHeldOutWithItsRepeats() {
        PositivePairs data = pairs("ua", "ub", "ua", "ub", "uc", "va", "wa", "wc");
        for (int seed = 0; seed < 20; seed++) {
            HeldOut parts = HeldOut.oneOfEachUser(data, seed);
            assertThat(parts.heldOut().userIds()).containsExactly("u", "w");
            assertThat(parts.heldOut().size()).isEqualTo(2);
            Set<String> all = set(parts.rest());
            assertThat(all).hasSize(4).contains("va").doesNotContainAnyElementsOf(set(parts.heldOut()));
            all.addAll(set(parts.heldOut()));
            assertThat(all).isEqualTo(set(data));
            assertThat(set(HeldOut.oneOfEachUser(data, seed).heldOut())).isEqualTo(set(parts.heldOut()));
        }
    }

    @Test
    void usersOfOneItemLeaveNothingToHoldOut() {
        assertThatThrownBy(() -> HeldOut.oneOfEachUser(pairs("ua", "ua", "vb"), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no user has two items");
    }
}
