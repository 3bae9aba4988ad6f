package dev.milvuso.server.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExperimentsTest {
    private static final int USERS = 20_000;

    private final List<Experiment> stored = new ArrayList<>();
    private boolean away;
    private final Experiments experiments = new Experiments(new Stored());

    private final class Stored implements ExperimentStore {
        @Override
        public List<Experiment> all() {
            if (away) {
                throw new Unavailable("postgres", "away", null);
            }
            return stored;
        }

        @Override
        public Optional<Experiment> find(String name) {
            return Optional.empty();
        }

        @Override
        public void add(Definition definition) {}

        @Override
        public boolean replace(Definition definition) {
            return false;
        }

        @Override
        public boolean delete(String name) {
            return false;
        }

        @Override
        public boolean start(String name) {
            return false;
        }

        @Override
        public boolean stop(String name, String message) {
            return false;
        }

        @Override
        public boolean conclude(String name, String winner) {
            return false;
        }
    }

    private static Definition definition(String name, String layer, double share, boolean interleaved) {
        return new Definition(
                name,
                "",
                interleaved,
                layer,
                "salt-" + name,
                share,
                List.of(new Variant("a", 1, Map.of()), new Variant("b", 3, Map.of("x.y", name))),
                Outcome.CTR,
                0.01,
                0.05,
                List.of(new Guardrail(Outcome.ENGAGEMENT, 0.1, true), new Guardrail(Outcome.LATENCY, 0.1, false)));
    }

    private void run(String name, String layer, double from, double share) {
        put(definition(name, layer, share, false), Experiment.State.RUNNING, from, Optional.empty());
    }

    private void put(Definition definition, Experiment.State state, double from, Optional<String> winner) {
        stored.add(new Experiment(definition, state, from, Optional.empty(), Optional.empty(), "", winner));
        experiments.run();
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < USERS; i++) {
            experiments
                    .of(new UserId("user-" + i))
                    .variants()
                    .forEach((name, variant) -> counts.merge(name + "/" + variant, 1, Integer::sum));
        }
        return counts;
    }

    /** So that a change of the hash, which would move every user, does not pass unnoticed. */
    @Test
    void theHashIsTheDocumentedOne() {
        // python3 -c 'import hashlib; print((int.from_bytes(hashlib.sha256(b"s/u").digest()[:8],"big")>>11)/2**53)'
        assertThat(Fraction.of("s", "u")).isEqualTo(FRACTION_OF_S_U);
        assertThat(Fraction.of("s", "ü😀")).isEqualTo(FRACTION_OF_S_UMLAUT);
    }

    private static final double FRACTION_OF_S_U = 0.17830167281039389;
    private static final double FRACTION_OF_S_UMLAUT = 0.7583368618172581;

    @Test
    void usersAreSplitByWeightAndStayWhereTheyAre() {
        run("one", "l", 0, 1);
        Map<String, Integer> counts = counts();
        assertThat(counts.getOrDefault("one/a", 0) / (double) USERS).isCloseTo(0.25, within(0.01));
        assertThat(counts.getOrDefault("one/b", 0) / (double) USERS).isCloseTo(0.75, within(0.01));
        run("two", "other", 0, 1);
        Assignment before = experiments.of(new UserId("user-7"));
        stored.remove(1);
        experiments.run();
        assertThat(experiments.of(new UserId("user-7")).variants().get("one"))
                .isEqualTo(before.variants().get("one"));
        assertThat(counts()).isEqualTo(counts);
    }

    @Test
    void experimentsOfOneLayerShareNobodyAndThoseOfTwoAreIndependent() {
        run("one", "l", 0, 0.5);
        run("two", "l", 0.5, 0.25);
        run("three", "m", 0, 1);
        int both = 0;
        int bothB = 0;
        for (int i = 0; i < USERS; i++) {
            Map<String, String> variants =
                    experiments.of(new UserId("user-" + i)).variants();
            assertThat(variants.keySet()).doesNotContainSequence("one", "two");
            assertThat(variants.containsKey("one") && variants.containsKey("two"))
                    .isFalse();
            both += variants.containsKey("one") && variants.containsKey("three") ? 1 : 0;
            bothB += "b".equals(variants.get("one")) && "b".equals(variants.get("three")) ? 1 : 0;
        }
        assertThat(both / (double) USERS).isCloseTo(0.5, within(0.015));
        assertThat(bothB / (double) both).isCloseTo(0.75 * 0.75, within(0.015));
        assertThat(counts().entrySet().stream()
                                .filter(each -> each.getKey().startsWith("two"))
                                .mapToInt(Map.Entry::getValue)
                                .sum()
                        / (double) USERS)
                .isCloseTo(0.25, within(0.015));
    }

    @Test
    void whatHasEndedChangesNobodyAndAWinnerChangesAll() {
        put(definition("one", "l", 1, false), Experiment.State.STOPPED, 0, Optional.empty());
        assertThat(experiments.of(new UserId("u"))).isEqualTo(Assignment.NONE);
        put(definition("two", "l", 1, false), Experiment.State.CONCLUDED, 0, Optional.of("b"));
        assertThat(experiments.of(new UserId("u")))
                .isEqualTo(new Assignment(Map.of(), Map.of("x.y", "two"), Optional.empty()));
    }

    @Test
    void interleavedListsHaveARival() {
        put(definition("one", "l", 1, true), Experiment.State.RUNNING, 0, Optional.empty());
        Assignment assignment = experiments.of(new UserId("u"));
        assertThat(assignment.variants()).isEqualTo(Map.of("one", "interleaved"));
        assertThat(assignment.rival()).contains(new Assignment.Rival("a", "b", Map.of("x.y", "one")));
    }

    @Test
    void whileTheRecordIsAwayTheLastKnownGoOn() {
        run("one", "l", 0, 1);
        away = true;
        experiments.run();
        assertThat(experiments.of(new UserId("u")).variants()).containsKey("one");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> definition("a b", "l", 1, false)).hasMessageContaining("name");
        assertThatThrownBy(() -> definition("a", "", 1, false)).hasMessageContaining("layer");
        assertThatThrownBy(() -> definition("a", "l", 0, false)).hasMessageContaining("share");
        assertThatThrownBy(() -> definition("a", "l", Double.NaN, false)).hasMessageContaining("share");
        assertThatThrownBy(() -> new Variant("v", 0, Map.of())).hasMessageContaining("weight");
    }

    private static VariantSample sample(String variant, long users, double ctr, double engagement) {
        Map<Outcome, Moments> moments = new EnumMap<>(Outcome.class);
        moments.put(Outcome.CTR, new Moments(users, ctr, 0.01));
        moments.put(Outcome.ENGAGEMENT, new Moments(users, engagement, 0.02));
        return new VariantSample(variant, users, moments, Moments.NONE);
    }

    @Test
    void resultsCompareWithTheControlAndSayWhatIsHarmed() {
        Definition definition = definition("one", "l", 1, false);
        Results results =
                Results.of(definition, List.of(sample("b", 30_000, 0.12, 0.15), sample("a", 10_000, 0.1, 0.2)));
        assertThat(results.sampleRatioMismatch()).isFalse();
        Results.OfVariant b = results.variants().get(1);
        assertThat(b.difference()).satisfies(difference -> {
            assertThat(Objects.requireNonNull(difference).significant()).isTrue();
            assertThat(difference.low()).isPositive();
        });
        assertThat(b.harmed()).containsExactly("engagement");
        assertThat(results.stops(definition)).containsExactly("engagement of b");
        assertThat(results.variants().get(0).difference()).isNull();
    }

    @Test
    void aSplitThatIsNotTheIntendedOneIsSaid() {
        Results results = Results.of(
                definition("one", "l", 1, false),
                List.of(sample("a", 10_000, 0.1, 0.1), sample("b", 28_000, 0.1, 0.1)));
        assertThat(results.sampleRatioMismatch()).isTrue();
    }

    @Test
    void withoutUsersThereAreNoResults() {
        Results results = Results.of(definition("one", "l", 1, false), List.of());
        assertThat(results.variants())
                .allSatisfy(each -> assertThat(each.users()).isZero());
        assertThat(results.sampleRatioP()).isEqualTo(1);
        assertThat(results.stops(definition("one", "l", 1, false))).isEmpty();
    }
}
