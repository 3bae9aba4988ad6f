package dev.milvuso.joiner.core;

import dev.milvuso.action.EventId;
import dev.milvuso.example.TrainingExample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins impressions with their answers by request and item. Answers go on at once; impressions that nobody has answered
 * when the window closes become negatives.
 *
 * <p>A part of a request closes when event time has passed it, or before the next act of the request whose arrival lies
 * beyond it. Event time never runs ahead of arrivals, so which impressions an act answers depends on the order and the
 * times on the log alone, and a replay joins the same.
 */
public final class RequestJoiner {
    private final Acts acts;
    private final long window;
    private final long outOfOrderness;

    /**
     * @param window how long an impression waits for an answer, milliseconds of event time
     * @param outOfOrderness how far event time stays behind arrivals, milliseconds
     */
    public RequestJoiner(Acts acts, long window, long outOfOrderness) {
        this.acts = acts;
        this.window = window;
        this.outOfOrderness = outOfOrderness;
    }

    /** What is known of one request; each part is null when there is nothing of it. */
    public record State(@Nullable Request open, @Nullable Settled settled) {
        public static final State NONE = new State(null, null);
    }

    /** Takes what goes on. */
    public interface Output {
        /** An action's example. */
        void event(TrainingExample example);

        /** A negative that no action reported. */
        void servedItem(TrainingExample example);

        /** An impression that was there before. */
        void repeat();
    }

    public State onAct(State before, Act act, Output out) {
        long clock = act.arrival() - outOfOrderness;
        State state = onTime(before, clock, out);
        Slot slot = openOf(state).slotOrNew(act.example().itemId().value());
        if (act.role() == Act.Role.POSTED && isRepeat(state, slot, act)) {
            out.repeat();
            return state;
        }
        long closes = act.time() + window;
        Slot changed = act.role() == Act.Role.ANSWER
                ? answer(slot, act.example(), closes, out)
                : impression(slot, act.example(), closes, out);
        return onTime(new State(openOf(state).with(changed), state.settled()), clock, out);
    }

    /** A list that is there already is not taken again. */
    public State onServed(State before, Served list, Output out) {
        long clock = list.arrival() - outOfOrderness;
        State state = onTime(before, clock, out);
        Request open = openOf(state);
        if (open.served() != null) {
            return state;
        }
        return onTime(new State(open.with(list, list.time() + window), state.settled()), clock, out);
    }

    private static Request openOf(State state) {
        return state.open() == null ? Request.NONE : state.open();
    }

    private static boolean isRepeat(State state, Slot slot, Act act) {
        String id = act.example().exampleId();
        return slot.holds(id) || (state.settled() != null && state.settled().holds(id));
    }

    private static Slot answer(Slot slot, TrainingExample act, long closes, Output out) {
        if (slot.answer() != null) {
            out.event(act.made(act.eventIds(), slot.modelVersion()));
            return slot.answeredBy(slot.answer(), closes);
        }
        out.event(naming(act, slot));
        return slot.answeredBy(act, closes);
    }

    private static Slot impression(Slot slot, TrainingExample act, long closes, Output out) {
        Slot seen = slot.seenIn(act, closes);
        if (seen.answer() != null) {
            out.event(naming(seen.answer(), seen));
        }
        return seen;
    }

    private static TrainingExample naming(TrainingExample answer, Slot slot) {
        List<EventId> events = new ArrayList<>(answer.eventIds());
        slot.posted().forEach(impression -> events.addAll(impression.eventIds()));
        return answer.made(events, slot.modelVersion());
    }

    /** Closes what is due at that event time. */
    public State onTime(State before, long time, Output out) {
        Request request = before.open();
        if (request == null || request.nextClose() > time) {
            return before;
        }
        List<Slot> open = new ArrayList<>();
        Settled settled = before.settled();
        for (Slot slot : request.slots()) {
            if (slot.closes() > time) {
                open.add(slot);
            } else {
                settled = settle(slot, settled, out);
            }
        }
        boolean listCloses = request.servedCloses() <= time;
        if (listCloses && request.served() != null) {
            closeList(request, request.served(), out);
        }
        Request left = listCloses
                ? new Request(null, Long.MAX_VALUE, open)
                : new Request(request.served(), request.servedCloses(), open);
        return new State(left.isEmpty() ? null : left, settled);
    }

    private static @Nullable Settled settle(Slot slot, @Nullable Settled before, Output out) {
        Settled settled = before;
        for (TrainingExample impression : slot.posted()) {
            if (slot.answer() == null) {
                out.event(impression.made(impression.eventIds(), slot.modelVersion()));
            }
            settled = (settled == null ? Settled.NONE : settled).with(impression.exampleId());
        }
        return settled;
    }

    /** An impression that the site has reported stands for the served one: the user saw the item once. */
    private void closeList(Request request, Served list, Output out) {
        for (String item : list.items()) {
            if (request.slot(item) == null) {
                out.servedItem(acts.unanswered(list, item));
            }
        }
    }
}
