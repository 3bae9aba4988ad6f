package dev.milvuso.server.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.action.Action;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.server.action.ActionLog;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuestsTest {
    private static final UserId GUEST = new UserId("session-1");
    private static final UserId ACCOUNT = new UserId("alice");
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    /** All that is on the log. */
    private final List<Action> log = new ArrayList<>();

    private final List<Action> known = new ArrayList<>();
    private final List<UserId> forgotten = new ArrayList<>();
    private boolean away;
    private int largest;
    private final Guests guests = new Guests(
            user -> log.stream().filter(action -> action.userId().equals(user)).toList(),
            new ListLog(),
            known::add,
            forgotten::add,
            Clock.fixed(NOW, ZoneOffset.UTC));

    private final class ListLog implements ActionLog {
        @Override
        public CompletableFuture<Void> append(List<Action> actions) {
            if (away) {
                return CompletableFuture.failedFuture(new Unavailable("kafka", "is away", null));
            }
            log.addAll(actions);
            largest = Math.max(largest, actions.size());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> append(Erasure erasure) {
            throw new UnsupportedOperationException("nobody is erased here");
        }

        @Override
        public void offer(ServedList list) {}

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        guests.close();
    }

    private static Action action(String event, UserId user, String type, Instant at) {
        return new Action(
                new EventId(event),
                user,
                new ItemId("item-" + event),
                type,
                at,
                at,
                Optional.of(new RequestId("r")),
                OptionalDouble.of(4),
                Map.of("device", "phone"));
    }

    @Test
    void whatTheGuestDidTheAccountHasDone() {
        Instant before = NOW.minusSeconds(60);
        log.add(action("e1", GUEST, "Rate", before));
        log.add(action("e2", GUEST, "Impression", before));
        log.add(action("e3", new UserId("other"), "Like", before));
        assertThat(guests.merge(GUEST, ACCOUNT).join()).isEqualTo(1);
        Action copy = log.get(3);
        assertThat(copy.userId()).isEqualTo(ACCOUNT);
        assertThat(copy.eventId()).isNotEqualTo(new EventId("e1"));
        assertThat(copy.itemId()).isEqualTo(new ItemId("item-e1"));
        assertThat(copy.type()).isEqualTo("Rate");
        assertThat(copy.value()).hasValue(4);
        assertThat(copy.timestamp()).isEqualTo(before);
        assertThat(copy.acceptedAt()).isEqualTo(NOW);
        assertThat(copy.requestId()).isEmpty();
        assertThat(copy.context()).containsEntry("device", "phone").containsEntry("merged_from", "session-1");
        assertThat(known).containsExactly(copy);
        assertThat(forgotten).containsExactly(GUEST);
    }

    @Test
    void whatIsMergedTwiceHasTheSameIds() {
        log.add(action("e1", GUEST, "Like", NOW));
        log.add(action("e1", GUEST, "Like", NOW));
        log.add(action("e2", GUEST, "Click", NOW));
        assertThat(guests.merge(GUEST, ACCOUNT).join()).isEqualTo(2);
        assertThat(guests.merge(GUEST, ACCOUNT).join()).isEqualTo(2);
        assertThat(log.subList(5, 7).stream().map(Action::eventId))
                .containsExactlyElementsOf(
                        log.subList(3, 5).stream().map(Action::eventId).toList());
        assertThat(guests.merge(GUEST, new UserId("bob")).join()).isEqualTo(2);
        assertThat(log.stream().map(Action::eventId).distinct()).hasSize(6);
    }

    @Test
    void whatCameFromTheAccountDoesNotComeBackToIt() {
        log.add(action("e1", ACCOUNT, "Like", NOW));
        assertThat(guests.merge(ACCOUNT, GUEST).join()).isEqualTo(1);
        assertThat(guests.merge(GUEST, ACCOUNT).join()).isZero();
    }

    @Test
    void longHistoriesAreWrittenInBatches() {
        for (int i = 0; i < 2500; i++) {
            log.add(action("e" + i, GUEST, "View", NOW));
        }
        assertThat(guests.merge(GUEST, ACCOUNT).join()).isEqualTo(2500);
        assertThat(largest).isEqualTo(1000);
        assertThat(known).hasSize(2500);
    }

    @Test
    void aLogThatIsAwayFailsTheMergeAndTheGuestIsNotForgotten() {
        log.add(action("e1", GUEST, "Like", NOW));
        away = true;
        assertThatThrownBy(() -> guests.merge(GUEST, ACCOUNT).join()).hasCauseInstanceOf(Unavailable.class);
        assertThat(known).isEmpty();
        assertThat(forgotten).isEmpty();
    }

    @Test
    void aGuestWhoDidNothingIsMergedWithoutATrace() {
        assertThat(guests.merge(GUEST, ACCOUNT).join()).isZero();
        assertThat(log).isEmpty();
    }
}
