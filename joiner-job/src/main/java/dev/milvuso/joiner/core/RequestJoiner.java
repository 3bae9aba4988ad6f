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

    /** Takes what goes on, and remembers of the request at hand which impressions are over. */
    public interface Output {
        /** An action's example. */
        void event(TrainingExample example);

        /** A negative that no action reported. */
        void servedItem(TrainingExample example);

        /** An impression that was there before. */
        void repeat();

        /** A posted impression is over: answered or a negative. */
        void settle(String eventId);

        boolean isSettled(String eventId);
    }

    /** @return what is open of the request afterwards, null if nothing is */
    public @Nullable Request onAct(@Nullable Request before, Act act, Output out) {
        long clock = act.arrival() - outOfOrderness;
        Request open = orNone(onTime(before, clock, out));
        Slot slot = open.slotOrNew(act.example().itemId().value());
        String id = act.example().exampleId();
        if (act.role() == Act.Role.POSTED && (slot.holds(id) || out.isSettled(id))) {
            out.repeat();
            return orNull(open);
        }
        long closes = act.time() + window;
        Slot changed = act.role() == Act.Role.ANSWER
                ? answer(slot, act.example(), closes, out)
                : impression(slot, act.example(), closes, out);
        return onTime(open.with(changed), clock, out);
    }

    /**
     * A list that is there already is not taken again.
     *
     * @return what is open of the request afterwards, null if nothing is
     */
    public @Nullable Request onServed(@Nullable Request before, Served list, Output out) {
        long clock = list.arrival() - outOfOrderness;
        Request open = orNone(onTime(before, clock, out));
        return open.served() == null ? onTime(open.with(list, list.time() + window), clock, out) : open;
    }

    private static Request orNone(@Nullable Request open) {
        return open == null ? Request.NONE : open;
    }

    private static @Nullable Request orNull(Request open) {
        return open.isEmpty() ? null : open;
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

    /**
     * Closes what is due at that event time.
     *
     * @return what is still open, null if nothing is
     */
    public @Nullable Request onTime(@Nullable Request open, long time, Output out) {
        if (open == null || open.nextClose() > time) {
            return open;
        }
        List<Slot> left = new ArrayList<>();
        for (Slot slot : open.slots()) {
            if (slot.closes() > time) {
                left.add(slot);
            } else {
                settle(slot, out);
            }
        }
        if (open.served() == null || open.servedCloses() > time) {
            return orNull(new Request(open.served(), open.servedCloses(), left));
        }
        closeList(open, open.served(), out);
        return orNull(new Request(null, Long.MAX_VALUE, left));
    }

    private static void settle(Slot slot, Output out) {
        for (TrainingExample impression : slot.posted()) {
            if (slot.answer() == null) {
                out.event(impression.made(impression.eventIds(), slot.modelVersion()));
            }
            out.settle(impression.exampleId());
        }
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
