package dev.milvuso.joiner.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.UserId;
import dev.milvuso.example.TrainingExample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Guards against an event that is lost, or learnt from twice, because of the order in which things came. */
class OneExampleForEachEventTest {
    private static final long WINDOW = 1000;

    private final FeatureJoiner features = new FeatureJoiner(50, 500, WINDOW);
    private final RequestJoiner requests = new RequestJoiner(WINDOW);
    private final Map<String, Waiting> waiting = new HashMap<>();
    private final List<TrainingExample> written = new ArrayList<>();
    private @Nullable Request request;
    private long watermark = Long.MIN_VALUE / 2;

    @Test
    void everyOrderOfArrivalGivesEachEventOneExample() {
        for (int seed = 0; seed < 3000; seed++) {
            play(seed);
            assertThat(examplesOfEvents())
                    .as("seed %d", seed)
                    .hasSize(6)
                    .allSatisfy((event, examples) -> assertThat(examples).hasSize(1));
        }
    }

    @Test
    void anImpressionAfterItsAnswerIsNamedInTheAnswersExample() {
        through(act("click", "item", Act.Role.ANSWER, 10));
        through(act("seen", "item", Act.Role.POSTED, 5));
        close();

        assertThat(written).extracting(TrainingExample::exampleId).containsOnly("click");
        assertThat(written.get(1).eventIds()).containsExactly(new EventId("click"), new EventId("seen"));
    }

    @Test
    void aPostedImpressionStandsForTheServedOne() {
        through(act("r/item", "item", Act.Role.SERVED, 5));
        through(act("seen", "item", Act.Role.POSTED, 6));
        close();

        assertThat(written).extracting(TrainingExample::exampleId).containsExactly("seen");
    }

    @Test
    void aLateImpressionIsWrittenAtOnceAndMarked() {
        watermark = 5000;

        through(act("seen", "item", Act.Role.POSTED, 6));

        assertThat(written)
                .singleElement()
                .satisfies(example -> assertThat(example.late()).isTrue());
    }

    private void play(int seed) {
        waiting.clear();
        written.clear();
        request = null;
        watermark = Long.MIN_VALUE / 2;
        Random random = new Random(seed);
        List<Runnable> arrivals = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String id = "e" + i;
            Act act = act(id, "item" + i % 2, i < 3 ? Act.Role.POSTED : Act.Role.ANSWER, random.nextInt(2500));
            arrivals.add(() -> arrive(act));
            arrivals.add(() -> arrive(act));
            arrivals.add(() -> accept(id, features.onFeatures(waiting.get(id), "{\"a\":1}", 0)));
            arrivals.add(() -> accept(id, features.onTimer(waiting.get(id), 50)));
            arrivals.add(() -> advance(random.nextInt(800)));
        }
        arrivals.add(() -> request(act("r/item0", "item0", Act.Role.SERVED, 0)));
        Collections.shuffle(arrivals, random);
        arrivals.forEach(Runnable::run);
        new ArrayList<>(waiting.keySet()).forEach(id -> accept(id, features.onTimer(waiting.get(id), 10_000)));
        close();
    }

    private void arrive(Act act) {
        String id = act.example().exampleId();
        accept(id, features.onAct(waiting.get(id), act, 0, watermark));
    }

    private void accept(String id, FeatureJoiner.Step step) {
        if (step.state() == null) {
            waiting.remove(id);
        } else {
            waiting.put(id, step.state());
        }
        if (step.act() != null) {
            request(step.act());
        }
    }

    private void request(Act act) {
        keep(requests.onAct(request, act, watermark));
    }

    private void through(Act act) {
        arrive(act);
        accept(
                act.example().exampleId(),
                features.onTimer(waiting.get(act.example().exampleId()), 50));
    }

    private void advance(long millis) {
        watermark = Math.max(watermark, 0) + millis;
        keep(requests.onTimer(request, watermark));
    }

    private void close() {
        keep(requests.onTimer(request, Long.MAX_VALUE - 1));
    }

    private void keep(RequestJoiner.Step step) {
        request = step.state();
        written.addAll(step.examples());
    }

    private Map<String, Set<String>> examplesOfEvents() {
        Map<String, Set<String>> examples = new HashMap<>();
        for (TrainingExample example : written) {
            for (EventId event : example.eventIds()) {
                if (!event.value().equals("r")) {
                    examples.computeIfAbsent(event.value(), key -> new HashSet<>())
                            .add(example.exampleId());
                }
            }
        }
        return examples;
    }

    private static Act act(String id, String item, Act.Role role, long time) {
        String event = role == Act.Role.SERVED ? "r" : id;
        TrainingExample example = new TrainingExample(
                id,
                List.of(new EventId(event)),
                new UserId("u"),
                new ItemId(item),
                role == Act.Role.ANSWER ? "Click" : "Impression",
                role == Act.Role.ANSWER ? 1 : 0,
                1,
                Instant.ofEpochMilli(time),
                Instant.ofEpochMilli(time),
                Optional.of(new RequestId("r")),
                "",
                Optional.empty(),
                false);
        return new Act(example, role, time);
    }
}
