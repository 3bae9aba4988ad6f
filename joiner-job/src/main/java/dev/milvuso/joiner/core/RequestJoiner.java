package dev.milvuso.joiner.core;

import dev.milvuso.action.EventId;
import dev.milvuso.example.TrainingExample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins impressions with their answers by request and item. Answers are emitted at once; impressions that nobody has
 * answered when the window closes become negatives. The state of a request is null when nothing of it waits.
 */
public final class RequestJoiner {
    private final long window;

    /** @param window how long an impression waits for an answer, milliseconds of event time */
    public RequestJoiner(long window) {
        this.window = window;
    }

    /** @param examples to be written now */
    public record Step(@Nullable Request state, List<TrainingExample> examples) {
        static Step of(Request state, List<TrainingExample> examples) {
            return new Step(state.slots().isEmpty() ? null : state, examples);
        }
    }

    public Step onAct(@Nullable Request state, Act act, long watermark) {
        Request request = state == null ? Request.NONE : state;
        Slot slot = request.slot(act.example().itemId().value());
        boolean late = act.time() + window <= watermark;
        boolean slotKnown = slot.closes() != Long.MIN_VALUE;
        if (late && !slotKnown) {
            return Step.of(request, List.of(act.asLate().example()));
        }
        long closes = Math.max(slot.closes(), act.time() + window);
        Act marked = late ? act.asLate() : act;
        return act.role() == Act.Role.ANSWER
                ? onAnswer(request, slot, marked, closes)
                : onImpression(request, slot, marked, closes);
    }

    private static Step onAnswer(Request request, Slot slot, Act act, long closes) {
        if (slot.answer() != null) {
            return Step.of(request, List.of(act.answering(act.example().eventIds(), modelVersion(slot))));
        }
        Slot answered = new Slot(slot.item(), slot.posted(), slot.served(), act, closes);
        return Step.of(request.with(answered), List.of(answer(act, answered)));
    }

    private static Step onImpression(Request request, Slot slot, Act act, long closes) {
        boolean isServed = act.role() == Act.Role.SERVED;
        List<Act> posted = new ArrayList<>(slot.posted());
        if (!isServed) {
            posted.add(act);
        }
        Slot seen = new Slot(slot.item(), posted, isServed ? act : slot.served(), slot.answer(), closes);
        Act answer = slot.answer();
        List<TrainingExample> again = answer == null || isServed ? List.of() : List.of(answer(answer, seen));
        return Step.of(request.with(seen), again);
    }

    private static TrainingExample answer(Act act, Slot slot) {
        List<EventId> events = new ArrayList<>(act.example().eventIds());
        slot.posted().forEach(impression -> events.addAll(impression.example().eventIds()));
        return act.answering(events, modelVersion(slot));
    }

    private static String modelVersion(Slot slot) {
        return slot.served() == null ? "" : slot.served().example().modelVersion();
    }

    /** Closes what is due at that event time. */
    public Step onTimer(@Nullable Request state, long time) {
        if (state == null || state.nextClose() > time) {
            return new Step(state, List.of());
        }
        List<Slot> open = new ArrayList<>();
        List<TrainingExample> negatives = new ArrayList<>();
        for (Slot slot : state.slots()) {
            if (slot.closes() > time) {
                open.add(slot);
            } else if (slot.answer() == null) {
                addNegatives(slot, negatives);
            }
        }
        return Step.of(new Request(open), negatives);
    }

    /** An impression that the site has reported stands for the served one: the user saw the item once. */
    private static void addNegatives(Slot slot, List<TrainingExample> negatives) {
        String modelVersion = modelVersion(slot);
        for (Act posted : slot.posted()) {
            negatives.add(posted.answering(posted.example().eventIds(), modelVersion));
        }
        if (slot.posted().isEmpty() && slot.served() != null) {
            negatives.add(slot.served().example());
        }
    }
}
