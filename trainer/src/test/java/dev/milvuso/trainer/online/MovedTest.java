package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MovedTest {
    private final Moved moved = new Moved();
    private final List<Integer> handed = new ArrayList<>();

    @Test
    void aRowIsHandedOverOnce() {
        moved.inPassing(3);
        moved.byExample(3);
        moved.drain(handed::add);
        moved.drainPassing(handed::add);
        moved.drain(handed::add);
        assertThat(handed).containsExactly(3);
    }

    @Test
    void whatMovedInPassingWaits() {
        moved.inPassing(1);
        moved.byExample(2);
        moved.drain(handed::add);
        assertThat(handed).containsExactly(2);
        moved.drainPassing(handed::add);
        assertThat(handed).containsExactly(2, 1);
    }

    @Test
    void aRowThatMovesAgainIsHandedOverAgain() {
        moved.byExample(1);
        moved.drain(handed::add);
        moved.inPassing(1);
        moved.drainPassing(handed::add);
        assertThat(handed).containsExactly(1, 1);
    }
}
