package dev.milvuso.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.codec.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserEventReaderTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final long MINUTES_5 = 300_000;
    private static final long FAR = NOW * 1000;

    private final UserEventReader reader = new UserEventReader(
            new ActionTypes(List.of(
                    new ActionType("Impression", -1, 1), new ActionType("Like", 1, 1), new ActionType("Rate", 1, 1))),
            Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    private UserEvent read(String fields, long arrival) throws MalformedRecordException {
        return reader.read(("{\"schema\":1," + fields + "}").getBytes(StandardCharsets.UTF_8), arrival);
    }

    private static String action(String type, long timestamp, long acceptedAt, String more) {
        return "\"event_id\":\"e\",\"user_id\":\"u\",\"item_id\":\"i\",\"action_type\":\"" + type + "\",\"timestamp\":"
                + timestamp + ",\"accepted_at\":" + acceptedAt + more;
    }

    private static String list(long timestamp) {
        return "\"request_id\":\"r\",\"user_id\":\"u\",\"items\":[{\"item_id\":\"i\"}],\"timestamp\":" + timestamp;
    }

    private static String heartbeat(long timestamp) {
        return "\"heartbeat\":true,\"timestamp\":" + timestamp;
    }

    @Test
    void anEventsTimesAreNeverLaterThanItsArrival() throws MalformedRecordException {
        Action action = (Action) read(action("Like", FAR, NOW + 2, ",\"value\":7"), NOW + 1);

        assertThat(action.timestamp()).isEqualTo(Instant.ofEpochMilli(NOW + 1));
        assertThat(action.acceptedAt()).isEqualTo(Instant.ofEpochMilli(NOW + 1));
        assertThat(action.value()).hasValue(7);
        assertThat(read(list(NOW + 9), NOW + 1).timestamp()).isEqualTo(Instant.ofEpochMilli(NOW + 1));
        assertThat(read(heartbeat(NOW + 9), NOW + 1)).isEqualTo(new Heartbeat(Instant.ofEpochMilli(NOW + 1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -62_135_596_800_000L, 0, NOW - 1, NOW})
    void anEarlierTimeIsTheEventsOwn(long time) throws MalformedRecordException {
        Instant at = Instant.ofEpochMilli(time);

        assertThat(read(action("Like", time, time, ""), NOW).timestamp()).isEqualTo(at);
        assertThat(((Action) read(action("Like", time, time, ""), NOW)).acceptedAt())
                .isEqualTo(at);
        assertThat(read(list(time), NOW).timestamp()).isEqualTo(at);
        assertThat(read(heartbeat(time), NOW).timestamp()).isEqualTo(at);
    }

    @Test
    void aLogThatIsReadLongAfterwardsGivesTheSameTimes() throws MalformedRecordException {
        long yearsAgo = NOW - Duration.ofDays(3000).toMillis();

        assertThat(read(action("Like", FAR, yearsAgo, ""), yearsAgo).timestamp())
                .isEqualTo(Instant.ofEpochMilli(yearsAgo));
    }

    @ParameterizedTest
    @ValueSource(longs = {NOW + MINUTES_5 + 1, FAR, Long.MAX_VALUE})
    void aClockOfTheSystemFarAheadIsRefusedByTheNameOfItsField(long ahead) {
        assertRefused(action("Like", NOW, ahead, ""), NOW, "accepted_at is " + ahead);
        assertRefused(action("Like", NOW, NOW, ""), ahead, "the record's time is " + ahead);
        assertRefused(list(ahead), NOW, "timestamp is " + ahead);
        assertRefused(list(NOW), ahead, "the record's time is " + ahead);
        assertRefused(heartbeat(ahead), NOW, "timestamp is " + ahead);
        assertRefused(heartbeat(NOW), ahead, "the record's time is " + ahead);
    }

    @Test
    void fiveMinutesAheadAreTolerated() throws MalformedRecordException {
        long ahead = NOW + MINUTES_5;

        assertThat(read(action("Like", ahead, ahead, ""), ahead).timestamp()).isEqualTo(Instant.ofEpochMilli(ahead));
        assertThat(read(heartbeat(ahead), ahead).timestamp()).isEqualTo(Instant.ofEpochMilli(ahead));
    }

    @Test
    void aTypeThatIsNotConfiguredIsRefusedWithThoseThatAre() {
        assertRefused(action("Nod", NOW, NOW, ""), NOW, "action_type \"Nod\" is not configured: must be one of [");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2.5, 5})
    void aRatingIsOneToFive(double value) throws MalformedRecordException {
        Action rating = (Action) read(action("Rate", NOW, NOW, ",\"value\":" + value), NOW);

        assertThat(rating.value()).hasValue(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                     | value is missing: must be 1 to 5 for Rate",
                ",\"value\":99         | value is 99.0: must be 1 to 5 for Rate",
                ",\"value\":0.99       | value is 0.99: must be 1 to 5 for Rate",
                ",\"value\":-3         | value is -3.0: must be 1 to 5 for Rate",
                ",\"value\":NaN        | not valid JSON: ",
                ",\"value\":\"NaN\"    | value is not a finite number",
                ",\"value\":1e999      | value is not a finite number",
            })
    void anyOtherRatingIsRefused(String value, String reason) {
        assertRefused(action("Rate", NOW, NOW, value == null ? "" : value), NOW, reason);
    }

    @Test
    void aRecordWithoutAValueIsRefused() {
        assertThatThrownBy(() -> reader.read(null, NOW))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("the record has no value");
    }

    private void assertRefused(String fields, long arrival, String reason) {
        assertThatThrownBy(() -> read(fields, arrival))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageStartingWith(reason);
    }
}
