package dev.milvuso.feature.worker;

import static dev.milvuso.feature.worker.Site.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.milvuso.action.Action;
import dev.milvuso.component.Health;
import dev.milvuso.embedded.EmbeddedPostgres;
import dev.milvuso.embedded.EmbeddedServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ends or is away for a while: each event counts once, and has its snapshot. */
@ExtendWith(Servers.class)
class FeatureWorkerFaultsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Views of 20 items by 50 users; the events have the numbers from {@code first} on. */
    private static List<Action> actions(String name, int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> action(name + i, name + "-u" + i % 50, name + "-i" + i % 20, "View"))
                .toList();
    }

    private static void assertEachCountedOnce(Site site, String name, int events) throws Exception {
        await().atMost(PATIENCE).until(() -> site.profileActions(name + "-") >= events);
        assertThat(site.profileActions(name + "-")).isEqualTo(events);
        assertThat(site.itemActions(name + "-")).isEqualTo(events);
        Set<String> snapshots =
                site.snapshots().stream().map(s -> s.eventId().value()).collect(Collectors.toSet());
        Set<String> posted = actions(name, 0, events).stream()
                .map(a -> a.eventId().value())
                .collect(Collectors.toCollection(HashSet::new));
        assertThat(snapshots).isEqualTo(posted);
    }

    @Test
    void aWorkerThatEndsBetweenSnapshotsAndStoringLeavesEveryEventCountedOnce(EmbeddedServices services)
            throws Exception {
        try (Site slow = new Site(services, "crash", "features.flush_interval=1m");
                Site site = new Site(services, "crash")) {
            for (int posted = 0; posted < 1000; posted += 500) {
                FeatureWorker worker = slow.worker();
                int expected = slow.snapshots().size() + 250;
                slow.postAll(actions("crash", posted, 250));
                await().until(() -> slow.snapshots().size() >= expected);
                // The first batch goes out at once; what follows waits a minute, of which the worker has no more.
                slow.postAll(actions("crash", posted + 250, 250));
                await().until(() -> slow.snapshots().size() >= expected + 250);
                worker.crash();
            }
            site.worker();
            assertEachCountedOnce(site, "crash", 1000);
            assertThat(site.snapshots()).hasSizeGreaterThanOrEqualTo(1500);
        }
    }

    /** On a PostgreSQL of its own, which nobody starts again but the test. */
    @Test
    void anOutageOfPostgresLosesNothingAndHealthSaysSo(EmbeddedServices services, @TempDir Path directory)
            throws Exception {
        try (EmbeddedPostgres postgres = started(directory);
                Site site = new Site(
                        services,
                        "outage",
                        "postgres.url=" + postgres.url(),
                        "postgres.password=" + postgres.password(),
                        "postgres.connect_timeout=250ms")) {
            FeatureWorker worker = site.worker();
            site.postAll(actions("outage", 0, 500));
            await().until(() -> site.profileActions("outage-") == 500);

            stop(postgres);
            site.postAll(actions("outage", 500, 500));
            await().until(() -> worker.health() instanceof Health.Degraded);
            // What is in memory is still known: snapshots go on while nothing can be stored.
            await().until(() -> site.snapshots().size() == 1000);
            site.post(action("outage-new", "outage-stranger", "outage-new", "View"));

            postgres.start();
            await().atMost(PATIENCE).until(() -> worker.health() instanceof Health.Up);
            await().atMost(PATIENCE).until(() -> site.profileActions("outage-stranger") == 1);
            assertThat(site.profileActions("outage-u")).isEqualTo(1000);
            assertThat(site.itemActions("outage-i")).isEqualTo(1000);
        }
    }

    private static EmbeddedPostgres started(Path directory) {
        EmbeddedPostgres postgres = new EmbeddedPostgres(EmbeddedServices.binaries(), directory, 0);
        postgres.start();
        return postgres;
    }

    /** Until it is started again. */
    private static void stop(EmbeddedPostgres postgres) {
        postgres.close();
    }

    @Test
    void twoWorkersShareThePartitionsAndOneTakesOverFromTheOther(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "shared")) {
            FeatureWorker first = site.worker();
            site.postAll(actions("shared", 0, 1000));
            await().until(() -> !site.snapshots().isEmpty());
            site.worker();
            site.postAll(actions("shared", 1000, 1000));
            await().atMost(PATIENCE).until(() -> site.profileActions("shared-") == 2000);
            site.postAll(actions("shared", 2000, 1000));
            first.close();
            assertEachCountedOnce(site, "shared", 3000);
        }
    }

    @Test
    void aUserWhoseActionsStandInPartitionsOfTwoWorkersKeepsThemAll(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "moved", "kafka.partitions=5")) {
            site.worker();
            site.worker();
            await().atMost(PATIENCE).until(() -> site.members() == 2);
            // As after the topic has grown from one partition to five: older actions wait in the first, newer ones
            // come in all.
            for (int first = 0; first < 6_000; first += 200) {
                site.postTo(0, actions("moved", first, 100));
                site.postAll(actions("moved", first + 100, 100));
            }
            assertEachCountedOnce(site, "moved", 6_000);
        }
    }

    @Test
    void aRunningWorkerFindsNewPartitions(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "found", "kafka.partitions=1")) {
            site.worker();
            site.postAll(actions("found", 0, 100));
            site.grow(3);
            try (Site other = new Site(services, "found")) {
                other.postAll(actions("found", 100, 100));
            }
            assertEachCountedOnce(site, "found", 200);
        }
    }

    @Test
    void aSnapshotThatTheBrokerRefusesHoldsTheOffsetsBackUntilItIsTaken(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "unsent")) {
            site.limitSnapshots("100");
            FeatureWorker worker = site.worker();
            site.postAll(actions("unsent", 0, 200));
            await().until(() -> worker.health() instanceof Health.Degraded degraded
                    && degraded.reason().contains("unsent.features"));
            assertThat(site.profileActions("unsent-")).isZero();

            site.limitSnapshots("1000000");
            assertEachCountedOnce(site, "unsent", 200);
            await().until(() -> worker.health() instanceof Health.Up);
        }
    }

    @Test
    void anActionWhoseRowPostgresRefusesIsPutAsideAndTheOthersCount(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "refused")) {
            site.execute("alter table user_item add constraint unlucky check (item_id <> 'refused-13')");
            site.postAll(actions("refused", 0, 1000));
            site.post(action("bad1", "refused-u1", "refused-13", "View"));
            site.postAll(actions("refused", 1000, 500));
            site.post(action("bad2", "refused-u2", "refused-13", "View"));
            site.postAll(actions("refused", 1500, 500));
            FeatureWorker worker = site.worker();

            await().atMost(PATIENCE).until(() -> site.profileActions("refused-") == 2000);
            await().until(() -> site.deadLetters().size() == 2);
            assertThat(site.itemActions("refused-13")).isZero();
            assertThat(site.itemActions("refused-")).isEqualTo(2000);
            assertThat(worker.health()).isEqualTo(new Health.Up());
            site.execute("alter table user_item drop constraint unlucky");
        }
    }

    @Test
    void aSchemaThatRefusesEveryRowIsSaidByHealthAndWaitedFor(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "schema")) {
            site.execute("alter table item_statistics rename to item_statistics_away");
            FeatureWorker worker = site.worker();
            site.postAll(actions("schema", 0, 100));
            await().until(() ->
                    worker.health() instanceof Health.Down down && down.reason().contains("item_statistics"));

            site.execute("alter table item_statistics_away rename to item_statistics");
            assertEachCountedOnce(site, "schema", 100);
            assertThat(site.deadLetters()).isEmpty();
            await().until(() -> worker.health() instanceof Health.Up);
        }
    }

    @Test
    void aProcessThatIsKilledIsFollowedByAnotherOnTheSameLog(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "killed")) {
            Process process = WorkerProcess.start(site.settings());
            try {
                site.postAll(actions("killed", 0, 1000));
                await().atMost(PATIENCE).until(() -> !site.snapshots().isEmpty());
                site.postAll(actions("killed", 1000, 1000));
            } finally {
                process.destroyForcibly().waitFor();
            }
            site.worker();
            assertEachCountedOnce(site, "killed", 2000);
        }
    }
}
