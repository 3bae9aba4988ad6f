package dev.milvuso.trainer.ranker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private final SideBySide judged = new SideBySide(0.005, 500, 50);

    /** @param ahead by how much the ranker is better */
    private static void play(SideBySide judged, int lists, double ahead, long seed) {
        Random random = new Random(seed);
        for (int list = 0; list < lists; list++) {
            judged.judge(random.nextDouble(), random.nextDouble() + ahead);
        }
    }

    @Test
    void aRankerThatKnowsMoreIsTurnedOnAndOffAgainWhenItNoLongerDoes() {
        play(judged, 40, 0.5, 1);
        assertThat(judged.beatsRetrieval()).as("too few lists").isFalse();
        play(judged, 500, 0.5, 2);
        assertThat(judged.beatsRetrieval()).isTrue();
        assertThat(judged.ranker() - judged.retrieval()).isCloseTo(0.5, within(0.1));
        play(judged, 1500, -0.5, 3);
        assertThat(judged.beatsRetrieval()).isFalse();
        assertThat(judged.lists()).isEqualTo(2040);
    }

    @Test
    void aRankerThatGuessesIsRarelyTurnedOn() {
        int on = 0;
        for (int seed = 0; seed < 100; seed++) {
            SideBySide guessed = new SideBySide(0.005, 500, 500);
            play(guessed, 500, 0, seed);
            on += guessed.beatsRetrieval() ? 1 : 0;
        }
        assertThat(on).isLessThan(5);
    }

    @Test
    void whatWasWrittenIsTakenOver() {
        play(judged, 700, 0.3, 4);
        ByteBuffer bytes = ByteBuffer.allocate(SideBySide.BYTES);
        judged.write(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        SideBySide other = new SideBySide(0.005, 500, 50);
        other.read(bytes.flip());
        assertThat(other).usingRecursiveComparison().isEqualTo(judged);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new SideBySide(Double.NaN, 500, 50)).hasMessageContaining("margin is NaN");
        assertThatThrownBy(() -> new SideBySide(0, 10, 50)).hasMessageContaining("window 10");
    }
}
