package dev.milvuso.server.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.server.ManualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExposuresTest {
    private static final long START = Instant.parse("2026-01-31T10:00:00Z").toEpochMilli();
    private static final int FEWEST = 1000;

    private final List<Exposures.Exposed> out = new ArrayList<>();

    private Exposures exposures(java.util.function.Predicate<ServedList> wanted) {
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), List.of("quality.open_lists=" + FEWEST));
        return new Exposures(config, wanted, out::add, new ManualClock());
    }

    private static List<Integer> followed(Exposures.Exposed exposed) {
        return IntStream.of(exposed.followed()).boxed().toList();
    }

    @Test
    void eachListGoesOutOnceWithWhatFollowedItsItems() {
        Exposures exposures = exposures(list -> true);
        exposures.happened(Site.list("r1", "u", START, "1", "2"));
        exposures.happened(Site.list("r2", "v", START, "1", "2"));
        exposures.happened(Site.list("r1", "u", START, "1", "2"));
        exposures.happened(Site.action("Click", "u", "2", START + 1000, "r1"));
        exposures.happened(Site.action("Purchase", "u", "2", START + 2000, ""));
        exposures.happened(Site.action("Click", "v", "9", START + 3000, ""));
        assertThat(out).isEmpty();
        exposures.end();
        assertThat(out).extracting(each -> each.list().requestId().value()).containsExactly("r1", "r2");
        assertThat(followed(out.get(0))).containsExactly(0, Meaning.CLICK | Meaning.FAVOUR | Meaning.CONVERSION);
        assertThat(followed(out.get(1))).containsExactly(0, 0);
    }

    @Test
    void anActionThatCameBeforeItsListCountsAndAListThatIsNotWantedTakesItsOwn() {
        Exposures exposures = exposures(list -> list.requestId().value().equals("r1"));
        exposures.happened(Site.action("Click", "u", "1", START, "r1"));
        exposures.happened(Site.list("r1", "u", START, "1"));
        exposures.happened(Site.list("r2", "u", START + 10, "3"));
        exposures.happened(Site.action("Dislike", "u", "3", START + 20, ""));
        exposures.end();
        assertThat(out).hasSize(1);
        assertThat(followed(out.get(0))).containsExactly(Meaning.CLICK | Meaning.FAVOUR);
    }

    @Test
    void beyondTheMostThatAreHeldTheOldestGoOutAtOnce() {
        Exposures exposures = exposures(list -> true);
        for (int i = 0; i < FEWEST + 5; i++) {
            exposures.happened(Site.list("r" + i, "u" + i, START, "1"));
        }
        assertThat(out)
                .extracting(each -> each.list().requestId().value())
                .containsExactly("r0", "r1", "r2", "r3", "r4");
        exposures.end();
        assertThat(out).hasSize(FEWEST + 5);
    }

    @Test
    void itCountsWhatTheQualityOfListsCounts() {
        List<UserEvent> log = Site.log(new Random(3), 3000, START, START + 3_600_000);
        Exposures exposures = exposures(list -> true);
        BruteForce truth =
                new BruteForce(log, ConfigLoader.defaults().quality().window().toMillis(), 10);
        log.forEach(exposures::happened);
        exposures.end();
        double clicks = out.stream()
                .flatMapToInt(each -> IntStream.of(each.followed()))
                .filter(bits -> (bits & Meaning.CLICK) != 0)
                .count();
        double shown = out.stream().mapToInt(each -> each.followed().length).sum();
        assertThat(clicks / shown).isEqualTo(truth.rate("click", list -> true, (list, i) -> true));
    }
}
