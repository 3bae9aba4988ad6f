package dev.milvuso.joiner.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets the example of each event id through once, with its features if they come in time. Examples wait in memory, for
 * they do so for moments only; whoever takes a checkpoint keeps {@link #waiting()} in it. Not thread-safe.
 */
public final class FeatureJoiner {
    private final long featureWait;
    private final long exampleWait;
    private final Events events;
    private final Consumer<EncodedExample> output;

    /** All wait equally long, so that the first one in is the first one due. */
    private final Map<EventKey, Waiting> waiting = new LinkedHashMap<>();

    /** When early features are given up; the features themselves, which wait for long, are the events' to keep. */
    private final Map<EventKey, Long> early = new LinkedHashMap<>();

    /**
     * @param featureWait how long an example waits for its features, milliseconds of processing time
     * @param exampleWait how long features wait for their example, milliseconds of processing time
     * @param output takes what goes on
     */
    public FeatureJoiner(long featureWait, long exampleWait, Events events, Consumer<EncodedExample> output) {
        this.featureWait = featureWait;
        this.exampleWait = exampleWait;
        this.events = events;
        this.output = output;
    }

    /**
     * Takes an example, whose event is the one turned to.
     *
     * @param now processing time in milliseconds
     * @return whether it is new
     */
    public boolean onExample(EncodedExample example, long now) {
        Waiting first = waiting.get(example.event());
        if (first != null) {
            amend(first, example);
            return false;
        }
        if (events.isSeen()) {
            // The first one stays, but the impressions that a repeat names are found nowhere else.
            if (example.amending()) {
                output.accept(example);
            }
            return false;
        }
        byte[] features = early.remove(example.event()) == null ? null : events.earlyFeatures();
        if (features != null) {
            events.dropEarly();
            goOn(example.withFeatures(features));
        } else if (example.late() || featureWait == 0) {
            goOn(example);
        } else {
            waiting.put(example.event(), new Waiting(example, now + featureWait));
        }
        return true;
    }

    private void amend(Waiting first, EncodedExample repeat) {
        if (repeat.amending()) {
            waiting.put(repeat.event(), new Waiting(first.example().amendedBy(repeat), first.deadline()));
        }
    }

    /**
     * Takes features, whose event is the one turned to.
     *
     * @param features one JSON object
     * @param now processing time in milliseconds
     */
    public void onFeatures(EventKey event, byte[] features, long now) {
        Waiting first = waiting.remove(event);
        if (first != null) {
            goOn(first.example().withFeatures(features));
        } else if (!events.isSeen()) {
            early.put(event, now + exampleWait);
            events.keepEarly(features);
        }
    }

    private void goOn(EncodedExample example) {
        events.markSeen();
        output.accept(example);
    }

    /** Lets go on what has waited long enough, and gives up features that nobody came for. */
    public void onTime(long now) {
        giveUpEarly(now);
        Iterator<Waiting> oldest = waiting.values().iterator();
        while (oldest.hasNext()) {
            Waiting next = oldest.next();
            if (next.deadline() > now) {
                return;
            }
            oldest.remove();
            events.turnTo(next.example().event());
            goOn(next.example());
        }
    }

    private void giveUpEarly(long now) {
        Iterator<Map.Entry<EventKey, Long>> oldest = early.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<EventKey, Long> next = oldest.next();
            if (next.getValue() > now) {
                return;
            }
            oldest.remove();
            events.turnTo(next.getKey());
            events.dropEarly();
        }
    }

    /** Whether {@link #onTime} has anything to come for. */
    public boolean isIdle() {
        return waiting.isEmpty() && early.isEmpty();
    }

    /** What must be in a checkpoint. */
    public Collection<Waiting> waiting() {
        return waiting.values();
    }

    /**
     * Waits on after a restart.
     *
     * @param kept from {@link #waiting()}
     * @param keptEarly whose features the events have kept
     * @param now processing time in milliseconds
     */
    public void restore(Collection<Waiting> kept, Collection<EventKey> keptEarly, long now) {
        keptEarly.forEach(event -> early.put(event, now + exampleWait));
        List<Waiting> inOrder = new ArrayList<>(kept);
        inOrder.sort(Comparator.comparingLong(Waiting::deadline));
        inOrder.forEach(one -> waiting.put(one.example().event(), one));
    }
}
