package dev.milvuso.joiner.core;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /** Features that came first; those of impressions wait for long and are handed to the events to keep. */
    private final Map<EventKey, Early> early = new LinkedHashMap<>();

    private final FeatureBlocks blocks = new FeatureBlocks();

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

    /** @param features null when the events keep them */
    private record Early(FeatureBlocks.@Nullable Place features, long deadline) {}

    /**
     * Takes an example.
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
        events.turnTo(example.event());
        if (events.isSeen()) {
            takeEarly(example.event());
            // The first one stays, but the impressions that a repeat names are found nowhere else.
            if (example.amending()) {
                output.accept(example);
            }
            return false;
        }
        byte[] features = takeEarly(example.event());
        if (features != null) {
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
     * Takes features. Those that came first touch no state.
     *
     * @param features one JSON object
     * @param now processing time in milliseconds
     */
    public void onFeatures(EventKey event, byte[] features, long now) {
        Waiting first = waiting.remove(event);
        if (first != null) {
            events.turnTo(event);
            goOn(first.example().withFeatures(features));
        } else if (!early.containsKey(event)) {
            // The worker may write features again after a crash; the first ones may lie in the events already.
            early.put(event, new Early(blocks.put(features), now + exampleWait));
        }
    }

    private byte @Nullable [] takeEarly(EventKey event) {
        Early known = early.remove(event);
        if (known == null) {
            return null;
        }
        if (known.features() != null) {
            return blocks.take(known.features());
        }
        byte[] kept = events.earlyFeatures();
        events.dropEarly();
        return kept;
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
        Iterator<Map.Entry<EventKey, Early>> oldest = early.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<EventKey, Early> next = oldest.next();
            if (next.getValue().deadline() > now) {
                return;
            }
            oldest.remove();
            FeatureBlocks.Place place = next.getValue().features();
            if (place == null) {
                events.turnTo(next.getKey());
                events.dropEarly();
            } else {
                blocks.drop(place);
            }
        }
    }

    /**
     * Hands features that still wait to the events, before a checkpoint. Most examples come within moments, so that
     * their features never go that way; features of an event that was seen are a repeat's, and end here.
     */
    public void handOver() {
        Iterator<Map.Entry<EventKey, Early>> all = early.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<EventKey, Early> next = all.next();
            FeatureBlocks.Place place = next.getValue().features();
            if (place == null) {
                continue;
            }
            events.turnTo(next.getKey());
            if (events.isSeen()) {
                blocks.drop(place);
                all.remove();
            } else {
                events.keepEarly(blocks.take(place));
                next.setValue(new Early(null, next.getValue().deadline()));
            }
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
     * Waits on after a restart, and for the whole time: the features may have come while nobody read them.
     *
     * @param kept from {@link #waiting()}
     * @param keptEarly whose features the events have kept
     * @param now processing time in milliseconds
     */
    public void restore(Collection<Waiting> kept, Collection<EventKey> keptEarly, long now) {
        keptEarly.forEach(event -> early.put(event, new Early(null, now + exampleWait)));
        for (Waiting one : kept) {
            waiting.put(one.example().event(), new Waiting(one.example(), now + featureWait));
        }
    }
}
