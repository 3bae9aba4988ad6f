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
    private final Events events;
    private final Consumer<EncodedExample> output;

    /** All wait equally long, so that the first one in is the first one due. */
    private final Map<EventKey, Waiting> waiting = new LinkedHashMap<>();

    /**
     * @param featureWait how long an example waits for its features, milliseconds of processing time
     * @param output takes what goes on
     */
    public FeatureJoiner(long featureWait, Events events, Consumer<EncodedExample> output) {
        this.featureWait = featureWait;
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
        byte[] features = events.earlyFeatures();
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
     */
    public void onFeatures(EventKey event, byte[] features) {
        Waiting first = waiting.remove(event);
        if (first != null) {
            goOn(first.example().withFeatures(features));
        } else if (!events.isSeen()) {
            events.keepEarly(features);
        }
    }

    private void goOn(EncodedExample example) {
        events.markSeen();
        output.accept(example);
    }

    /** Lets go on what has waited long enough. */
    public void onTime(long now) {
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

    /** What must be in a checkpoint. */
    public Collection<Waiting> waiting() {
        return waiting.values();
    }

    /** Waits on after a restart. */
    public void restore(Collection<Waiting> kept) {
        List<Waiting> inOrder = new ArrayList<>(kept);
        inOrder.sort(Comparator.comparingLong(Waiting::deadline));
        inOrder.forEach(one -> waiting.put(one.example().event(), one));
    }
}
