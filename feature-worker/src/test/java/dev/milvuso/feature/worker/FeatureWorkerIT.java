package dev.milvuso.feature.worker;

import static dev.milvuso.feature.worker.Site.NOON;
import static dev.milvuso.feature.worker.Site.action;
import static dev.milvuso.feature.worker.Site.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.milvuso.action.Action;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.UserId;
import dev.milvuso.component.Health;
import dev.milvuso.embedded.EmbeddedServices;
import dev.milvuso.postgres.Database;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class FeatureWorkerIT {
    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void actionsBecomeAProfileItemStatisticsAndSnapshots(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "become")) {
            site.execute("insert into item (item_id, category, tags, created_at) values"
                    + " ('become-a', 'novel', '{desert,space}', now()), ('become-b', 'novel', '{}', now())");
            site.post(
                    action("e1", "become-u", "become-a", "Like", NOON, OptionalDouble.empty()),
                    action("e2", "become-u", "become-b", "Click", NOON.plus(WEEK), OptionalDouble.empty()),
                    action("e3", "become-u", "become-a", "Rate", NOON.plus(WEEK), OptionalDouble.of(2)),
                    action("e4", "become-u", "become-b", "Impression", NOON.plus(WEEK), OptionalDouble.empty()));
            FeatureWorker worker = site.worker();
            await().until(() -> site.profileActions("become-u") == 3);

            assertThat(worker.health()).isEqualTo(new Health.Up());
            assertThat(site.ask(
                            "select array_to_string(recent_items, ' ') from user_profile where user_id = 'become-u'"))
                    .isEqualTo("become-b become-a");
            assertThat(site.ask("select first_at || ' ' || last_at from user_profile where user_id = 'become-u'"))
                    .isEqualTo("2020-03-01 12:00:00+00 2020-03-08 12:00:00+00");
            assertThat(profile(site, "days_active")).isEqualTo(2);
            assertThat(profile(site, "positive_actions")).isEqualTo(2);
            assertThat(profile(site, "interests,c:novel")).isEqualTo(0.5 + 1 - 1);
            assertThat(profile(site, "interests,t:desert")).isEqualTo(0.5 - 1);
            assertThat(site.ask("select string_agg(item_id, ' ' order by item_id) from user_item"
                            + " where user_id = 'become-u'"))
                    .isEqualTo("become-a become-b");
            assertThat(site.ask("select action_type || ' ' || value from user_item"
                            + " where user_id = 'become-u' and item_id = 'become-a'"))
                    .isEqualTo("Rate 2");
            assertThat(statistics(site, "become-a")).isEqualTo("2 0 0 0.5");
            assertThat(statistics(site, "become-b")).isEqualTo("1 1 1 1");

            var snapshots = site.snapshots();
            assertThat(snapshots.stream().map(s -> s.eventId().value())).containsExactly("e1", "e2", "e3", "e4");
            assertThat(snapshots.get(0).features())
                    .contains("\"user_actions\":0,", "\"item_popularity\":0.0,", "\"interest_category\":0.0,");
            assertThat(snapshots.get(2).features())
                    .contains(
                            "\"user_actions\":2,",
                            "\"user_days_active\":2,",
                            "\"user_seen_item\":1,",
                            "\"interest_category\":1.5,",
                            "\"interest_tags_mean\":0.5,",
                            "\"item_popularity\":0.5,");
            assertThat(snapshots.get(3).features()).contains("\"item_clicks\":1,", "\"item_impressions\":0,");
        }
    }

    private static double profile(Site site, String path) {
        return Double.parseDouble(site.ask(
                "select profile #>> string_to_array(?, ',') from user_profile where user_id = 'become-u'", path));
    }

    private static String statistics(Site site, String item) {
        return site.ask(
                "select concat_ws(' ', actions, impressions, clicks, popularity) from item_statistics"
                        + " where item_id = ?",
                item);
    }

    @Test
    void anItemThatStandsForWhatWasNamedIsNotMetAndNoMorePopularForIt(EmbeddedServices services) {
        try (Site site = new Site(services, "stated")) {
            site.worker();
            Action plain = action("e1", "stated-u", "stated-i", "Like");
            site.post(
                    new Action(
                            plain.eventId(),
                            plain.userId(),
                            plain.itemId(),
                            plain.type(),
                            plain.timestamp(),
                            plain.acceptedAt(),
                            plain.requestId(),
                            plain.value(),
                            Map.of(Action.STATED, "category")),
                    action("e2", "stated-u", "stated-j", "Like"));
            await().until(() -> site.profileActions("stated-u") == 2);
            assertThat(site.ask("select string_agg(item_id, ' ') from user_item where user_id = 'stated-u'"))
                    .isEqualTo("stated-j");
            assertThat(site.ask("select count(*) from item_statistics where item_id = 'stated-i'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void anErasedUserIsForgottenAndBeginsAnew(EmbeddedServices services) {
        try (Site site = new Site(services, "erase")) {
            site.worker();
            site.post(action("e1", "erase-u", "erase-i", "Like"), action("e2", "erase-u", "erase-j", "Like"));
            site.post(action("e3", "erase-v", "erase-i", "Like"));
            await().until(() -> site.profileActions("erase-") == 3);

            site.post(new Erasure(new UserId("erase-u"), NOON));
            await().until(() -> site.profileActions("erase-") == 1);
            assertThat(site.ask("select count(*) from user_item where user_id = 'erase-u'"))
                    .isEqualTo("0");

            site.post(action("e4", "erase-u", "erase-j", "Like"));
            await().until(() -> site.profileActions("erase-u") == 1);
            assertThat(site.ask("select array_to_string(recent_items, ' ') from user_profile"
                            + " where user_id = 'erase-u'"))
                    .isEqualTo("erase-j");
        }
    }

    @Test
    void whatIsOfLateFadesFasterThanPopularity(EmbeddedServices services) {
        try (Site site = new Site(services, "late", "features.popularity_half_life=28d")) {
            site.worker();
            site.post(
                    action("e1", "late-u", "late-i", "Click", NOON, OptionalDouble.empty()),
                    action("e2", "late-u", "late-i", "Click", NOON.plus(Duration.ofDays(1)), OptionalDouble.empty()));
            await().until(() -> site.itemActions("late-") == 2);
            site.post(
                    action("e3", "late-u", "late-i", "Click", NOON.plus(Duration.ofDays(28)), OptionalDouble.empty()));
            await().until(() -> site.itemActions("late-") == 3);

            assertThat(Double.parseDouble(site.ask("select trend from item_statistics where item_id = 'late-i'")))
                    .isCloseTo(1, within(1e-6));
            assertThat(Double.parseDouble(site.ask("select popularity from item_statistics where item_id = 'late-i'")))
                    .isCloseTo(1 + 0.5 + Math.pow(0.5, 27 / 28.0), within(1e-6));
        }
    }

    @Test
    void aRepeatedEventCountsOnceAlsoAfterARestart(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "repeat")) {
            Action first = action("e1", "repeat-u", "repeat-i", "View");
            site.post(first, first, action("e2", "repeat-u", "repeat-i", "View"), first);
            FeatureWorker worker = site.worker();
            await().until(() -> site.snapshots().size() == 4);
            worker.close();

            site.post(first, action("e3", "repeat-u", "repeat-i", "View"));
            site.worker();
            await().until(() -> site.profileActions("repeat-u") == 3);
            assertThat(site.itemActions("repeat-i")).isEqualTo(3);
            assertThat(site.snapshots()).hasSize(6);
        }
    }

    @Test
    void aServedListIsAnImpressionOfEachItemOnce(EmbeddedServices services) {
        try (Site site = new Site(services, "served")) {
            site.worker();
            var served = list("r1", "served-u", "served-a", "served-b");
            site.post(served, served, list("r2", "served-v", "served-b"));
            site.post(action("e1", "served-u", "served-c", "View"), action("e2", "served-v", "served-c", "View"));
            await().until(() -> site.itemActions("served-") == 2);

            assertThat(statistics(site, "served-a")).isEqualTo("0 1 0 0");
            assertThat(statistics(site, "served-b")).isEqualTo("0 2 0 0");
            assertThat(site.ask("select count(*) from user_item where starts_with(user_id, 'served-')"))
                    .isEqualTo("2");
        }
    }

    @Test
    void recordsThatCannotBeReadAreCountedAndStopNothing(EmbeddedServices services) {
        try (Site site = new Site(services, "poison", "kafka.partitions=1")) {
            FeatureWorker worker = site.worker();
            String whole = new String(
                    new dev.milvuso.action.UserEventCodec().encode(action("e", "poison-u", "poison-i", "View")),
                    StandardCharsets.UTF_8);
            List<byte[]> poison = new ArrayList<>();
            poison.add(new byte[0]);
            poison.add(new byte[900_000]);
            poison.add(whole.replace("\"schema\":1", "\"schema\":2").getBytes(StandardCharsets.UTF_8));
            poison.add(whole.substring(0, 40).getBytes(StandardCharsets.UTF_8));
            poison.add(whole.replace("View", "Nod").getBytes(StandardCharsets.UTF_8));
            poison.add(whole.replace("View", "Rate").getBytes(StandardCharsets.UTF_8));
            poison.add(whole.replace("poison-u", "two words").getBytes(StandardCharsets.UTF_8));
            poison.forEach(bytes -> site.postRaw("poison-u", bytes));
            site.postRaw("poison-u", null);
            site.post(action("e1", "poison-u", "poison-i", "View"));

            await().until(() -> site.profileActions("poison-u") == 1);
            assertThat(site.metrics.counter("milvuso.features.malformed").count())
                    .isEqualTo(poison.size() + 1);
            assertThat(worker.health()).isEqualTo(new Health.Up());
            // The joiner reads the same topic and puts them aside; twice would be once too often.
            assertThat(site.deadLetters()).isEmpty();
        }
    }

    @Test
    void aClockThatRunsAheadMakesNothingPopularForEver(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "ahead", "kafka.partitions=1")) {
            site.execute("insert into item (item_id, category, tags, created_at) values"
                    + " ('ahead-i', 'novel', '{}', now())");
            FeatureWorker worker = site.worker();
            long now = System.currentTimeMillis();
            site.postRaw("ahead-u", like("e1", now * 1000, now));
            site.postRaw("ahead-u", like("e2", now, now * 1000));
            site.postRaw("", ("{\"schema\":1,\"heartbeat\":true,\"timestamp\":" + now * 1000 + "}").getBytes(UTF_8));
            site.post(action("e3", "ahead-u", "ahead-i", "Like", Instant.ofEpochMilli(now), OptionalDouble.empty()));

            await().until(() -> site.itemActions("ahead-") == 2);
            assertThat(site.ask("select popularity_at <= now() and popularity between 1.99 and 2"
                            + " from item_statistics where item_id = 'ahead-i'"))
                    .isEqualTo("t");
            assertThat(site.ask("select last_at <= now() from user_profile where user_id = 'ahead-u'"))
                    .isEqualTo("t");
            assertThat(site.snapshots())
                    .hasSize(2)
                    .allSatisfy(snapshot -> assertThat(snapshot.timestamp()).isBeforeOrEqualTo(Instant.now()));
            assertThat(site.snapshots().get(1).features()).contains("\"interest_category\":1.0");
            assertThat(site.metrics.counter("milvuso.features.malformed").count())
                    .isEqualTo(2);
            assertThat(worker.health()).isEqualTo(new Health.Up());
        }
    }

    private static byte[] like(String event, long timestamp, long acceptedAt) {
        return ("{\"schema\":1,\"event_id\":\"" + event + "\",\"user_id\":\"ahead-u\",\"item_id\":\"ahead-i\","
                        + "\"action_type\":\"Like\",\"timestamp\":" + timestamp + ",\"accepted_at\":" + acceptedAt
                        + "}")
                .getBytes(UTF_8);
    }

    /** As an earlier version has left them, or a hand. */
    @Test
    void sumsThatAreNoNumbersAndTimesAheadAreHealedWhereTheyAreStored(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "healed", "kafka.partitions=1")) {
            site.execute("insert into item (item_id, category, tags, created_at) values"
                    + " ('healed-a', 'novel', '{}', now()), ('healed-b', 'novel', '{}', now()),"
                    + " ('healed-c', 'novel', '{}', now())");
            site.execute(
                    "insert into item_statistics (item_id, actions, impressions, clicks, popularity, popularity_at)"
                            + " values ('healed-a', 1, 0, 0, 'Infinity', now()), ('healed-b', 1, 0, 0, 'NaN', now()),"
                            + " ('healed-c', 1, 0, 0, 3, '9999-12-31')");
            site.execute(
                    "insert into user_profile (user_id, version, actions, first_at, last_at, recent_items, profile)"
                            + " values ('healed-u', 1, 1, '9999-12-31', '9999-12-31', '{}', '{\"schema\":1,"
                            + "\"interests_at\":253402214400000,\"interests\":{\"c:novel\":\"Infinity\",\"t:far\":1e999,"
                            + "\"t:kept\":2},\"recent_event_hashes\":\"\"}')");
            FeatureWorker worker = site.worker();
            Instant now = Instant.now();
            for (String item : List.of("healed-a", "healed-b", "healed-c", "healed-a", "healed-b", "healed-c")) {
                int known = site.snapshots().size();
                site.post(action("e" + known, "healed-u", item, "Like", now, OptionalDouble.empty()));
                await().until(() -> site.snapshots().size() > known);
            }

            await().until(() -> site.itemActions("healed-") == 9);
            assertThat(worker.health()).isEqualTo(new Health.Up());
            assertThat(popularity(site, "healed-a")).isCloseTo(2, within(0.01));
            assertThat(popularity(site, "healed-b")).isCloseTo(2, within(0.01));
            assertThat(popularity(site, "healed-c")).isCloseTo(5, within(0.01));
            assertThat(site.ask("select bool_and(popularity_at < now() + interval '6 minutes') from item_statistics"
                            + " where starts_with(item_id, 'healed-')"))
                    .isEqualTo("t");
            assertThat(site.ask("select last_at < now() + interval '6 minutes' from user_profile"
                            + " where user_id = 'healed-u'"))
                    .isEqualTo("t");
            assertThat(site.ask("select profile ->> 'interests' from user_profile where user_id = 'healed-u'"))
                    .matches("\\{\"t:kept\": (2\\.0|1\\.9\\d*), \"c:novel\": (6\\.0|5\\.9\\d*)}");
            assertThat(site.snapshots().get(5).features()).contains("\"item_popularity\":3.99");
        }
    }

    @Test
    void aMigrationHealsRowsThatNobodyWritesAnyMore(EmbeddedServices services) throws Exception {
        try (Site site = new Site(services, "old");
                InputStream script = Objects.requireNonNull(
                        Database.class.getResourceAsStream("/dev/milvuso/migration/V1_2__sums_of_clocks_ahead.sql"))) {
            site.execute(
                    "insert into item_statistics (item_id, actions, impressions, clicks, popularity, popularity_at)"
                            + " values ('old-a', 1, 0, 0, 'NaN', '2020-01-01'), ('old-b', 1, 0, 0, 'Infinity', 'infinity'),"
                            + " ('old-c', 1, 0, 0, 3, '9999-12-31'), ('old-d', 1, 0, 0, 4, '2020-01-01')");
            site.execute(
                    "insert into user_profile (user_id, version, actions, first_at, last_at, recent_items, profile)"
                            + " values ('old-u', 1, 1, '2020-01-01', '9999-12-31', '{}', '{}')");
            site.execute(new String(script.readAllBytes(), UTF_8));

            assertThat(site.ask(
                            "select string_agg(popularity || ' ' || (popularity_at <= now()), ', ' order by item_id)"
                                    + " from item_statistics where starts_with(item_id, 'old-')"))
                    .isEqualTo("0 true, 0 true, 3 true, 4 true");
            assertThat(site.ask("select count(*) from item_statistics where starts_with(item_id, 'old-')"
                            + " and popularity_at = '2020-01-01'"))
                    .isEqualTo("2");
            assertThat(site.ask("select first_at = '2020-01-01' and last_at <= now() from user_profile"
                            + " where user_id = 'old-u'"))
                    .isEqualTo("t");
        }
    }

    private static double popularity(Site site, String item) {
        return Double.parseDouble(site.ask("select popularity from item_statistics where item_id = ?", item));
    }

    @Test
    void everyMeterSaysWhatItMeasuresAndDeadLettersBeginAtZero(EmbeddedServices services) {
        try (Site site = new Site(services, "meters")) {
            site.worker();

            assertThat(site.metrics
                            .get("milvuso.dlq.records")
                            .tag("topic", "meters.actions")
                            .counter()
                            .count())
                    .isZero();
            assertThat(site.metrics.getMeters())
                    .hasSize(5)
                    .allSatisfy(meter -> assertThat(meter.getId().getDescription())
                            .as(meter.getId().getName())
                            .isNotBlank());
        }
    }

    @Test
    void popularityFadesBetweenFarApartActionsWithoutStoppingTheWorker(EmbeddedServices services) {
        try (Site site = new Site(services, "fading", "features.popularity_half_life=1m")) {
            site.worker();
            site.post(action("e0", "fading-u", "fading-i", "Like"));
            for (int year = 1; year <= 4; year++) {
                site.post(action(
                        "e" + year,
                        "fading-u",
                        "fading-i",
                        "Dislike",
                        NOON.plus(Duration.ofDays(365L * year)),
                        OptionalDouble.empty()));
                int actions = year + 1;
                await().until(() -> site.itemActions("fading-") == actions);
            }
            assertThat(Double.parseDouble(
                            site.ask("select popularity from item_statistics where item_id = 'fading-i'")))
                    .isCloseTo(0, within(1e-30));
        }
    }
}
