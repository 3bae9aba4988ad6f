package dev.milvuso.feature.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An item as a worker sees it: what is stored by all workers, and what this one has counted since. Not safe for use by
 * several threads.
 */
public final class ItemState {
    private final String id;
    private List<String> interestKeys = List.of();
    private Optional<String> categoryKey = Optional.empty();
    private Tally stored;
    private Tally underWay = Tally.NONE;
    private Tally pending = Tally.NONE;

    public ItemState(String id, Tally stored) {
        this.id = id;
        this.stored = stored;
    }

    /** What the catalogue says. */
    public void describe(Optional<String> category, List<String> tags) {
        List<String> keys = new ArrayList<>();
        categoryKey = category.map(c -> "c:" + c);
        categoryKey.ifPresent(keys::add);
        tags.forEach(tag -> keys.add("t:" + tag));
        interestKeys = List.copyOf(keys);
    }

    public String id() {
        return id;
    }

    /** Category and tags as in {@link Interests}. */
    public List<String> interestKeys() {
        return interestKeys;
    }

    public Optional<String> categoryKey() {
        return categoryKey;
    }

    public void count(Tally more, Decay decay) {
        pending = pending.plus(more, decay);
    }

    public Tally total(Decay decay) {
        return stored.plus(underWay, decay).plus(pending, decay);
    }

    /** Hands over what has been counted since the last time, to be added to what is stored. */
    public Tally takePending() {
        underWay = pending;
        pending = Tally.NONE;
        return underWay;
    }

    /** What was handed over is stored now. */
    public void stored(Tally now) {
        stored = now;
        underWay = Tally.NONE;
    }

    public boolean isClean() {
        return pending.equals(Tally.NONE) && underWay.equals(Tally.NONE);
    }
}
