package dev.milvuso.server.tier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import dev.milvuso.server.tier.UserVector;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingTest {
    private static final ListEntry LIST = new ListEntry(new byte[] {1}, new byte[] {2}, Duration.ofMinutes(1));

    private static UserVector step(long step) {
        return new UserVector(new ModelVersion("v1"), new float[] {step}, 1, step);
    }

    @Test
    void theNewestVectorCountsInWhicheverOrderTheyCome() {
        Pending both = Pending.vector(step(1), true).then(Pending.vector(step(2), true));
        assertThat(both.vector())
                .hasValueSatisfying(vector -> assertThat(vector.step()).isEqualTo(2));
        both = Pending.vector(step(2), true).then(Pending.vector(step(1), true));
        assertThat(both.vector())
                .hasValueSatisfying(vector -> assertThat(vector.step()).isEqualTo(2));
    }

    @Test
    void aVectorIsNotWrittenAfterItWasRemovedUnlessItIsNewer() {
        Pending removal = Pending.removal(new Removal(new ModelVersion("v1"), Kind.USER, "u", 1, 2));
        assertThat(Pending.vector(step(1), true).then(removal).vector()).isEmpty();
        assertThat(Pending.vector(step(1), true).then(removal).removed()).isPresent();
        assertThat(Pending.vector(step(3), true).then(removal).vector()).isPresent();
        assertThat(removal.then(Pending.vector(step(3), true)).vector()).isPresent();
    }

    @Test
    void aListThatIsMadeAfterTheOthersWereDroppedStays() {
        Pending pending = Pending.dropLists().then(Pending.list(LIST));
        assertThat(pending.dropsLists()).isTrue();
        assertThat(pending.list()).hasValue(LIST);
    }

    @Test
    void aListThatWasMadeBeforeIsDroppedWithTheOthers() {
        assertThat(Pending.list(LIST).then(Pending.dropLists()).list()).isEmpty();
    }

    @Test
    void aVectorOfThePastReplacesButDoesNotCreate() {
        Pending past = Pending.vector(step(2), false);
        assertThat(past.mayReplace(Optional.empty(), step(2))).isFalse();
        assertThat(past.mayReplace(Optional.of(step(1)), step(2))).isTrue();
        assertThat(past.mayReplace(Optional.of(step(3)), step(2))).isFalse();
        assertThat(Pending.vector(step(2), true).mayReplace(Optional.empty(), step(2)))
                .isTrue();
    }
}
