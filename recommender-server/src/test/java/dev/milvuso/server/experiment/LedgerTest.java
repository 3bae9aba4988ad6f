package dev.milvuso.server.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.component.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Assignment ASSIGNED = new Assignment(Map.of("x", "a"), Map.of(), Optional.empty());
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

    private final List<UserSums> written = new ArrayList<>();
    private boolean away;
    private final OneExperiment store = new OneExperiment("x");
    private final Experiments experiments = new Experiments(store);
    private final Ledger ledger = new Ledger(new Outcomes(), experiments, "here", () -> true);

    private final class Outcomes implements OutcomeStore {
        @Override
        public void add(Collection<UserSums> sums) {
            if (away) {
                throw new Unavailable("postgres", "away", null);
            }
            written.addAll(sums);
        }

        @Override
        public List<VariantSample> samples(Definition definition, Instant until) {
            return List.of();
        }
    }

    @BeforeEach
    void run() {
        experiments.run();
    }

    @Test
    void whatComesOfOneListIsWrittenAsOne() {
        ledger.made(ASSIGNED, "u", AT, 0.25, false);
        ledger.made(ASSIGNED, "u", AT, 0.5, true);
        ledger.made(ASSIGNED, "u", AT.plusSeconds(1), 1, false);
        ledger.run();
        assertThat(written).hasSize(2).anySatisfy(each -> {
            assertThat(each.seconds()).isEqualTo(0.75);
            assertThat(each.degraded()).isEqualTo(1);
        });
        ledger.run();
        assertThat(written).hasSize(2);
    }

    @Test
    void whileTheRecordIsAwayWhatCameWaitsAndAddsUp() {
        away = true;
        ledger.made(ASSIGNED, "u", AT, 1, false);
        ledger.run();
        ledger.made(ASSIGNED, "u", AT, 1, false);
        away = false;
        ledger.run();
        assertThat(written)
                .singleElement()
                .satisfies(each -> assertThat(each.seconds()).isEqualTo(2));
    }

    @Test
    void moreThanMayWaitIsDroppedAndTheRestKept() {
        away = true;
        for (int i = 0; i < Ledger.MOST_WAITING + 10; i++) {
            ledger.made(ASSIGNED, "u" + i, AT, 1, false);
        }
        ledger.run();
        away = false;
        ledger.run();
        assertThat(written).hasSize(Ledger.MOST_WAITING);
    }

    @Test
    void whatNoLongerRunsIsNotWritten() {
        ledger.made(new Assignment(Map.of("y", "a"), Map.of(), Optional.empty()), "u", AT, 1, false);
        ledger.run();
        assertThat(written).isEmpty();
    }
}
