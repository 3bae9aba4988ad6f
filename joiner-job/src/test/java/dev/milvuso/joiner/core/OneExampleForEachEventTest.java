package dev.milvuso.joiner.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ActionType;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.UserId;
import dev.milvuso.example.TrainingExample;
import java.nio.charset.StandardCharsets;
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
    private static final long OUT_OF_ORDERNESS = 100;

    private final Acts acts = new Acts(new ActionType(ActionType.IMPRESSION, -1, 0.1f), WINDOW + OUT_OF_ORDERNESS);
    private final TestEvents events = new TestEvents();
    private final RequestJoiner requests = new RequestJoiner(acts, WINDOW, OUT_OF_ORDERNESS);
    private final List<TrainingExample> written = new ArrayList<>();
    private final FeatureJoiner features =
            new FeatureJoiner(50, 500, events, example -> written.add(example.decoded()));
    private final Set<String> settled = new HashSet<>();
    private @Nullable Request request;
    private int repeats;

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

    /** Whether event time has closed a window before the next act came must make no difference. */
    @Test
    void theSameLogGivesTheSameExamplesHoweverEventTimeHasMoved() {
        for (int seed = 0; seed < 3000; seed++) {
            List<Act> log = log(new Random(seed));
            replay(log, new Random(seed + 1));
            Map<String, Set<String>> first = examplesOfEvents();
            replay(log, new Random(seed + 2));
            assertThat(examplesOfEvents()).as("seed %d", seed).isEqualTo(first);
        }
    }

    @Test
    void anImpressionAfterItsAnswerIsNamedInTheAnswersExample() {
        through(answer("click", 10, 10));
        through(posted("seen", 5, 11));
        close();

        assertThat(written).extracting(TrainingExample::exampleId).containsExactly("click");
        assertThat(written.get(0).eventIds()).containsExactly(new EventId("click"), new EventId("seen"));
    }

    @Test
    void anAmendedExampleIsWrittenAgainWhenItsFirstFormHasGoneOn() {
        through(answer("click", 10, 10));
        features.onTime(10_000);
        through(posted("seen", 5, 11));
        close();

        assertThat(written).extracting(TrainingExample::exampleId).containsExactly("click", "click");
        assertThat(written.get(1).eventIds()).containsExactly(new EventId("click"), new EventId("seen"));
    }

    @Test
    void aPostedImpressionStandsForTheServedOne() {
        served(5, "item");
        through(posted("seen", 6, 6));
        close();

        assertThat(written).extracting(TrainingExample::exampleId).containsExactly("seen");
        assertThat(written.get(0).modelVersion()).isEqualTo("v1");
    }

    @Test
    void servedItemsThatNobodyAnsweredBecomeNegatives() {
        served(5, "item", "other");
        through(answer("click", 6, 6));
        close();

        assertThat(written).extracting(TrainingExample::exampleId).containsExactlyInAnyOrder("click", "r/other");
    }

    @Test
    void anAnswerBeforeItsListKeepsTheItemFromBecomingANegative() {
        through(answer("click", 0, 5));
        served(10, "item");
        requestAt(WINDOW + 5);
        close();

        assertThat(written).extracting(TrainingExample::exampleId).containsExactly("click");
    }

    @Test
    void aLateAnswerStillAnswersAWindowThatIsOpen() {
        served(10_000, "item");
        through(answer("click", 10, 10_100));
        close();

        assertThat(written)
                .singleElement()
                .satisfies(example -> assertThat(example.late()).isTrue());
    }

    @Test
    void aLateImpressionIsWrittenAtOnceAndMarked() {
        through(posted("seen", 6, 6 + WINDOW + OUT_OF_ORDERNESS));

        assertThat(written)
                .singleElement()
                .satisfies(example -> assertThat(example.late()).isTrue());
    }

    @Test
    void anAnswerAfterTheWindowDoesNotAnswerEvenIfEventTimeStandsStill() {
        through(posted("seen", 0, 0));
        through(answer("click", WINDOW + OUT_OF_ORDERNESS, WINDOW + OUT_OF_ORDERNESS));
        close();

        assertThat(written).extracting(TrainingExample::exampleId).containsExactlyInAnyOrder("seen", "click");
    }

    @Test
    void aRepeatOfAnImpressionThatIsOverDoesNotComeBack() {
        through(posted("seen", 0, 0));
        through(answer("click", 1, 1));
        requestAt(5000);

        through(posted("seen", 5000, 5000));
        close();

        assertThat(repeats).isEqualTo(1);
        assertThat(examplesOfEvents().get("seen")).containsExactly("click");
    }

    private void play(int seed) {
        clear();
        Random random = new Random(seed);
        List<Runnable> arrivals = new ArrayList<>();
        long[] clock = {0};
        for (int i = 0; i < 6; i++) {
            String id = "e" + i;
            String item = "item" + i % 2;
            Act.Role role = i < 3 ? Act.Role.POSTED : Act.Role.ANSWER;
            long age = random.nextInt(1500);
            for (int repeat = 0; repeat < 2; repeat++) {
                arrivals.add(() -> through(act(id, item, role, Math.max(0, clock[0] - age), clock[0])));
            }
            arrivals.add(() -> known(id));
            arrivals.add(() -> features.onTime(random.nextInt(100)));
            arrivals.add(features::handOver);
            arrivals.add(() -> clock[0] += random.nextInt(800));
            arrivals.add(() -> requestAt(clock[0] - OUT_OF_ORDERNESS));
        }
        arrivals.add(() -> served(clock[0], "item0"));
        Collections.shuffle(arrivals, random);
        arrivals.forEach(Runnable::run);
        close();
    }

    private static List<Act> log(Random random) {
        List<Act> log = new ArrayList<>();
        long arrival = 0;
        for (int i = 0; i < 8; i++) {
            arrival += random.nextInt(600);
            Act.Role role = random.nextBoolean() ? Act.Role.POSTED : Act.Role.ANSWER;
            long time = Math.max(0, arrival - random.nextInt(random.nextInt(4) == 0 ? 2000 : 200));
            log.add(act("e" + random.nextInt(6) + role, "item", role, time, arrival));
        }
        return log;
    }

    private void replay(List<Act> log, Random random) {
        clear();
        for (Act act : log) {
            through(act);
            requestAt((long) (random.nextDouble() * (act.arrival() - OUT_OF_ORDERNESS)));
        }
        close();
    }

    private void clear() {
        events.clear();
        written.clear();
        request = null;
        settled.clear();
        features.onTime(Long.MAX_VALUE - 1);
        written.clear();
    }

    private void through(Act act) {
        request = requests.onAct(request, act, output);
    }

    private void served(long time, String... items) {
        request = requests.onServed(request, new Served("r", "u", "v1", time, time, List.of(items)), output);
    }

    private void requestAt(long time) {
        request = requests.onTime(request, time, output);
    }

    private void close() {
        requestAt(Long.MAX_VALUE - 1);
        features.onTime(10_000);
    }

    private final RequestJoiner.Output output = new RequestJoiner.Output() {
        @Override
        public void event(TrainingExample example) {
            EncodedExample encoded = EncodedExample.of(example);
            features.onExample(encoded, 0);
        }

        @Override
        public void servedItem(TrainingExample example) {
            written.add(example);
        }

        @Override
        public void repeat() {
            repeats++;
        }

        @Override
        public void settle(String eventId) {
            settled.add(eventId);
        }

        @Override
        public boolean isSettled(String eventId) {
            return settled.contains(eventId);
        }
    };

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

    private void known(String id) {
        features.onFeatures(EventKey.of(id), "{\"a\":1}".getBytes(StandardCharsets.UTF_8), 0);
    }

    private static Act posted(String id, long time, long arrival) {
        return act(id, "item", Act.Role.POSTED, time, arrival);
    }

    private static Act answer(String id, long time, long arrival) {
        return act(id, "item", Act.Role.ANSWER, time, arrival);
    }

    private static Act act(String id, String item, Act.Role role, long time, long arrival) {
        TrainingExample example = new TrainingExample(
                id,
                List.of(new EventId(id)),
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
                time + WINDOW + OUT_OF_ORDERNESS <= arrival);
        return new Act(example, role, time, arrival);
    }
}
