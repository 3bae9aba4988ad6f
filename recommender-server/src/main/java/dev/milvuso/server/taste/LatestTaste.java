package dev.milvuso.server.taste;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.TasteConfig;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.users.Acted;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Users' vectors with their latest actions folded in, so that the next list reflects what the trainer has yet to learn.
 * Safe for use by many threads.
 */
public final class LatestTaste {
    /** Enough for a covariance of the largest ordinary dimensions. */
    private static final int SAMPLE = 4096;

    private static final long SETTLED_MILLIS = 300_000;

    private static final int[] NOTHING = {};

    private final TasteConfig config;
    private final LinearForm form;
    private final Clock clock;
    private final LatestActions actions;
    private final Weighing weighing;
    private final ThreadLocal<FoldIn> folding;
    private final ConcurrentHashMap<ModelVersion, ItemMoments> moments = new ConcurrentHashMap<>();

    /** @param maxUsers whose actions are kept */
    public LatestTaste(TasteConfig config, ActionTypes types, LinearForm form, int maxUsers, Clock clock) {
        this.config = config;
        this.form = form;
        this.clock = clock;
        this.actions = new LatestActions(types, maxUsers, config.recentActions());
        this.weighing = new Weighing(config.halfLife().toMillis(), config.fade().toMillis());
        this.folding = ThreadLocal.withInitial(
                () -> new FoldIn(config.strength(), config.reach(), config.lead(), config.retreat()));
    }

    /** Somebody has done something, here or elsewhere; may be told more than once. */
    public void acted(Action action) {
        actions.add(action);
    }

    /**
     * What is on record of a user whom memory did not know. What was done some minutes ago counts as learned, where
     * there is a learned vector.
     *
     * @return whether lists may change by it
     */
    public boolean remembered(UserId user, List<Acted> newestFirst) {
        return actions.remembered(user, newestFirst, clock.millis() - SETTLED_MILLIS);
    }

    /** A user's vector of the served version has come. */
    public void learned(Embedding user) {
        actions.find(new UserId(user.id())).ifPresent(recent -> recent.containedUntil(user.acceptedAt()));
    }

    public void forget(UserId user) {
        actions.forget(user);
    }

    /** Reads anew how the items of the served version lie. To be run again and again. */
    void refresh(ModelVersion version, ItemVectors items) {
        moments.put(version, ItemMoments.of(form, items.sample(SAMPLE)));
        moments.keySet().removeIf(other -> !other.equals(version));
    }

    /** As {@link #refresh}, of what lists are searched in. */
    public void refresh(ServedModel model, ItemSlots slots) {
        model.version()
                .ifPresent(version -> model.items(version)
                        .ifPresent(index -> refresh(version, new IndexedItems(index, slots, slot -> null))));
    }

    /**
     * How the user's scores of all items lie.
     *
     * @param user shape [embedding_dim]
     */
    public Standing standing(float[] user, ModelVersion version) {
        double[] written = new double[form.length()];
        form.user(user, written);
        ItemMoments lie = moments.get(version);
        return lie == null || !lie.discern()
                ? new Standing(form, written, 0, 0, new double[form.length()])
                : new Standing(form, written, lie.mean(written), lie.deviation(written), new double[form.length()]);
    }

    /** Slots of what the user liked last, the newest first. */
    public int[] liked(UserId user, ItemSlots slots) {
        return actions.find(user).map(recent -> recent.liked(slots)).orElse(NOTHING);
    }

    /** When the user last acted on anything for it, in milliseconds since 1970; 0 if it is not known. */
    public long likedAt(UserId user) {
        return actions.find(user).map(RecentActions::likedAt).orElse(0L);
    }

    /** Slots of what the user's vector is moved by, in no order; some may be {@link ItemSlots#NONE}. */
    int[] moving(UserId user, ItemSlots slots) {
        return actions.find(user).map(recent -> recent.slots(slots)).orElse(NOTHING);
    }

    /** What stands for the vector of somebody of whom nothing is learned. Shape [embedding_dim]. */
    float[] nobody() {
        return form.nobody();
    }

    /**
     * The vector to search with.
     *
     * @param learned the user's, if the trainer knows them; shape [embedding_dim]
     * @param context the item that is being looked at
     * @return shape [embedding_dim]; null if nothing is known of the user that says anything about the items
     */
    public float @Nullable [] vector(
            UserId user,
            float @Nullable [] learned,
            Optional<ItemId> context,
            ModelVersion version,
            ItemVectors items) {
        Evidence evidence = new Evidence();
        actions.find(user)
                .ifPresent(recent -> recent.collect(items, weighing, clock.millis(), learned != null, evidence));
        context.map(items::find).ifPresent(vector -> evidence.add(vector, config.contextWeight(), 1));
        if (evidence.isEmpty()) {
            return learned;
        }
        ItemMoments lie = moments.computeIfAbsent(version, unused -> ItemMoments.of(form, items.sample(SAMPLE)));
        return folding.get().fold(learned == null ? form.nobody() : learned, evidence, lie);
    }
}
